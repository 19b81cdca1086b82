"""The event time of a record is found without decoding its page."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.worker.kafka.event_time import event_time

AT = datetime(2026, 10, 12, 14, 0, tzinfo=UTC)
MILLIS = round(AT.timestamp() * 1000)
WRITTEN = MILLIS + 86_400_000
WARC = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2026-10-12T14:00:00Z\r\n\r\n"
URL = ("url", b"https://a.example/1")


@pytest.mark.parametrize(
    ("headers", "value"),
    [
        ([URL, ("fetched-at", b"2026-10-12T14:00:00Z")], b"<html>"),
        ([("fetched-at", b"2026-10-12T16:00:00+02:00")], b"<html>"),
        ([], WARC),
        ([], b'{"url": "https://a.example/1", "fetched_at": "2026-10-12T14:00:00Z"}'),
        ([], b' {"body": "' + b"A" * 100_000 + b'", "fetched_at":"2026-10-12T14:00:00.000Z"}'),
        ([], b'{"appid": "a", "crawlid": "b", "timestamp": "2026-10-12T14:00:00.000000"}'),
    ],
)
def test_a_crawler_s_claim(headers: list[tuple[str, bytes | None]], value: bytes) -> None:
    assert event_time(headers, value, WRITTEN) == MILLIS


@pytest.mark.parametrize(
    ("headers", "value"),
    [
        ([URL], b"<html>"),
        ([URL], WARC),
        ([URL], b'{"fetched_at": "2026-10-12T14:00:00Z"}'),
        ([("fetched-at", b"yesterday")], b"<html>"),
        ([("fetched-at", None)], None),
        ([], rb'{"text": "it says \"fetched_at\": \"2026-10-12T14:00:00Z\""}'),
        ([], b'{"fetched_at": "2026-13-12T14:00:00Z"}'),
        ([], b"WARC/1.0\r\nWARC-Date: 2026\r\n\r\n"),
    ],
)
def test_without_one_it_is_when_the_record_was_written(
    headers: list[tuple[str, bytes | None]], value: bytes | None
) -> None:
    assert event_time(headers, value, WRITTEN) == WRITTEN
    assert event_time(headers, value, -1) is None
    assert event_time(headers, value, None) is None


@given(
    st.lists(st.tuples(st.sampled_from(["url", "fetched-at", "x"]), st.none() | st.binary())),
    st.none() | st.binary() | st.binary().map(lambda tail: b'{"fetched_at": "' + tail),
)
def test_any_record_has_a_time_or_none(
    headers: list[tuple[str, bytes | None]], value: bytes | None
) -> None:
    event_time(headers, value, None)
