"""What answers mean, and how long is waited."""

from datetime import UTC, datetime

import pytest

from service.notify.schedule import MOST_ASKED, Verdict, asked_wait, verdict_of, wait_after
from service.notify.subscription import Delivery

NOW = datetime(2026, 3, 10, 6, 0, tzinfo=UTC)
DAILY = Delivery(first_wait_seconds=2, longest_wait_seconds=100)


@pytest.mark.parametrize(
    ("statuses", "verdict"),
    [
        ((200, 201, 202, 204), Verdict.DELIVERED),
        ((None, 301, 302, 307, 408, 425, 429, 500, 502, 503, 504), Verdict.AGAIN),
        ((400, 401, 403, 404, 405, 413, 422), Verdict.REFUSED),
        ((410,), Verdict.GONE),
    ],
)
def test_what_an_answer_means(statuses: tuple[int | None, ...], verdict: Verdict) -> None:
    assert {verdict_of(status) for status in statuses} == {verdict}


def test_waits_double_up_to_the_longest_less_a_random_half() -> None:
    whole = [wait_after(number, DAILY, 1.0, None) for number in range(1, 9)]
    assert whole == [2, 4, 8, 16, 32, 64, 100, 100]
    assert [wait_after(number, DAILY, 0.0, None) for number in (1, 8)] == [1, 50]
    assert wait_after(100_000, DAILY, 1.0, None) == 100


def test_a_receiver_that_asks_for_longer_gets_it_within_a_day() -> None:
    assert wait_after(1, DAILY, 1.0, 30.0) == 30
    assert wait_after(5, DAILY, 1.0, 0.0) == 32
    assert wait_after(1, DAILY, 1.0, 1e12) == MOST_ASKED


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("120", 120.0),
        (" 0 ", 0.0),
        ("9" * 400, 999_999_999_999.0),
        ("Tue, 10 Mar 2026 06:01:30 GMT", 90.0),
        ("Tue, 10 Mar 2026 05:00:00 GMT", 0.0),
        ("Tue, 10 Mar " + "9" * 20 + " 05:00:00 GMT", None),
        ("Tue, 10 Mar 2026 05:00:00 +" + "9" * 20, None),
    ],
)
def test_what_retry_after_asks_for(header: str | None, seconds: float | None) -> None:
    assert asked_wait(header, NOW) == seconds
