"""Times of records: in one form, or None."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.contract.record import Topic
from service.desk.ingest.record import Arrived, utc


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-10T08:30:00+02:00", "2026-03-10T06:30:00Z"),
        ("2026-03-10T06:30:00.123456Z", "2026-03-10T06:30:00Z"),
        ("2026-03-10T06:30:00", "2026-03-10T06:30:00Z"),
        ("2026-03-10", "2026-03-10T00:00:00Z"),
        ("0001-01-01T00:00:00Z", None),
        ("9999-12-31T23:59:59-10:00", None),
        ("yesterday", None),
        ("", None),
        (None, None),
    ],
)
def test_times(text: str | None, expected: str | None) -> None:
    assert utc(text) == expected


@given(st.text())
def test_no_text_is_an_error(text: str) -> None:
    utc(text)


def test_a_record_without_time_or_id_has_those_of_the_broker() -> None:
    record = Arrived(Topic.ARTICLES, 2, 17, None, b"{}", timestamp=1_773_124_200_000)
    assert (record.time, record.id) == ("2026-03-10T06:30:00Z", "articles/2/17")
