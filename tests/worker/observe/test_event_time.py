"""What a worker says of event time: in `/status`, and when articles are late."""

import logging

import pytest

from service.fold.shard import Shard
from service.fold.state.watermark import Late
from service.worker.observe.event_time import EventTimes, in_words
from tests.fold.articles import extracted, text_of

AT = 1_791_813_600.0
"""12 October 2026, 14:00 UTC"""


def test_status_says_up_to_when_a_shard_has_folded() -> None:
    shard, times = Shard(), EventTimes()
    times.note(0, shard)
    assert times.report() == {}
    shard.place(extracted(text_of("tin"), url="https://a.example/", offset=0))
    times.note(0, shard)
    assert times.report() == {
        "0": {
            "folded_up_to": "2026-03-10T06:00:00+00:00",
            "text": "folded up to 10 March 2026, 06:00 UTC",
            "partitions": {"pages.raw/0": "2026-03-10T06:00:00+00:00"},
        }
    }
    times.forget(0)
    assert times.report() == {}


def test_late_articles_are_warned_of_once_a_minute(caplog: pytest.LogCaptureFixture) -> None:
    now = [0.0]
    times = EventTimes(lambda: now[0])
    with caplog.at_level(logging.WARNING):
        for second in range(61):
            now[0] = float(second)
            late = Late("pages.raw", second % 4, 3600.0 * (100 + second), rejected=False)
            times.late(late, AT)
    first, last = (record.getMessage() for record in caplog.records)
    assert first.startswith("1 articles are late")
    assert last.startswith("60 articles are late by more than the window (0 rejected)")
    assert "from pages.raw/0, was fetched 160.0 hours before 12 October 2026, 14:00 UTC" in last


def test_a_time_in_words() -> None:
    assert in_words(AT) == "12 October 2026, 14:00 UTC"
