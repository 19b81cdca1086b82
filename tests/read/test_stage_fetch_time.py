"""The time of fetch is never after the time at which the page was there."""

from datetime import UTC, datetime

import pytest

from service.contract.extracted import Extracted
from service.contract.serde import load
from service.read.stage import ReadOptions, read
from tests.contract.messages import TIMESTAMP, message
from tests.worker.heavy_pages import good_page

URL = "https://gazette.example/2024/ferries"
RECORDED = datetime.fromtimestamp(TIMESTAMP / 1000, UTC)


def fetched(stated: str, timestamp: int | None, newest: int | None) -> datetime | None:
    headers = (
        ("url", URL.encode()),
        ("content-type", b"text/html"),
        ("fetched-at", stated.encode()),
    )
    record = read(message(good_page(), headers, None, timestamp), ReadOptions(newest=newest))
    return load(Extracted, record.value or b"").article.fetched_at


@pytest.mark.parametrize(("timestamp", "newest"), [(TIMESTAMP, None), (None, TIMESTAMP)])
def test_a_time_in_the_future_is_set_back(timestamp: int | None, newest: int | None) -> None:
    assert fetched("2099-01-01T00:00:00Z", timestamp, newest) == RECORDED
    assert fetched("2020-01-01T00:00:00Z", timestamp, newest) == datetime(2020, 1, 1, tzinfo=UTC)


def test_the_records_time_counts_where_there_is_one() -> None:
    assert fetched("2099-01-01T00:00:00Z", TIMESTAMP, 1) == RECORDED
