"""A month of pages to backfill: articles and honest copies of them, in the order of their fetch.

Some four pages in ten are copies on other sites, a minute, some hours or two days after their
original. One copy in five is written to another partition than its original.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from service.contract.extracted import SourcePosition
from service.contract.record import InputMessage
from tests.faults.page_html import page_html
from tests.faults.prose import Text, write_text
from tests.worker.feeding import CRAWLED_AT, Fed

BEGIN = datetime(2026, 10, 1, tzinfo=UTC)
DAYS = 31
COPIES, CROSSING = 0.43, 0.20
_GAPS = (
    (timedelta(seconds=30), timedelta(seconds=90)),
    (timedelta(hours=1), timedelta(hours=12)),
    (timedelta(hours=47), timedelta(hours=49)),
)


@dataclass(frozen=True, slots=True)
class MonthPage:
    """One page.

    Attributes:
        lane: number from 0 to 1 that decides its partition.
        story: number of the text that it shows.
        is_copy: whether another site had the text before.
    """

    url: str
    fetched_at: datetime
    body: bytes
    lane: float
    story: int
    is_copy: bool

    @property
    def headers(self) -> tuple[tuple[str, bytes | None], ...]:
        """As `copydesk feed` writes them for a page of a WARC file."""
        return (
            ("url", self.url.encode()),
            ("content-type", b"text/html"),
            ("status", b"200"),
            ("fetched-at", self.fetched_at.isoformat().encode()),
        )

    def fed(self, partitions: int) -> Fed:
        """The record for `pages.raw` with so many partitions."""
        key = self.url.encode()
        partition = int(self.lane * partitions)
        return Fed(key, self.body, self.headers, CRAWLED_AT, partition)

    def message(self, offset: int) -> InputMessage:
        """The input of a `fold` without a broker."""
        headers = tuple((name, value or b"") for name, value in self.headers)
        source = SourcePosition(topic="pages.raw", partition=0, offset=offset)
        return InputMessage(self.url.encode(), self.body, headers, None, source)


def made_month(
    count: int, *, days: float = DAYS, begin: datetime = BEGIN, seed: int = 16
) -> list[MonthPage]:
    """Pages of a month, by time of fetch; the same arguments give the same ones."""
    return sorted(_pages(count, days, begin, seed), key=lambda page: (page.fetched_at, page.url))


def _pages(count: int, days: float, begin: datetime, seed: int) -> Iterator[MonthPage]:
    lot = random.Random(seed)
    copies = int(count * COPIES)
    originals = count - copies
    span = timedelta(days=days)
    first = [begin + span * ((number + lot.random()) / originals) for number in range(originals)]
    texts = [write_text(lot) for _ in range(originals)]
    lanes = [lot.random() for _ in range(originals)]
    for story, (at, text, lane) in enumerate(zip(first, texts, lanes, strict=True)):
        yield _page(lot, at, text, lane, story, is_copy=False)
    # The texts that are copied lie early enough that their copies are in the month too.
    last = begin + span - timedelta(days=2, hours=1)
    copied = [story for story, at in enumerate(first) if at < last]
    for number, story in enumerate(lot.choices(copied, k=copies)):
        shortest, longest = _GAPS[number % len(_GAPS)]
        at = first[story] + shortest + (longest - shortest) * lot.random()
        lane = lot.random() if lot.random() < CROSSING else lanes[story]
        yield _page(lot, at, texts[story], lane, story, is_copy=True)


def _page(
    lot: random.Random, at: datetime, text: Text, lane: float, story: int, *, is_copy: bool
) -> MonthPage:
    host = f"site{lot.randrange(10**6)}.example"
    at = at.replace(microsecond=0)
    url = f"https://{host}/news/{story}"
    return MonthPage(url, at, page_html(text, host, at), lane, story, is_copy)


def feed_order(pages: Sequence[MonthPage], partitions: int) -> list[Fed]:
    """The pages as records, each a millisecond after the one before."""
    return [
        Fed(record.key, record.value, record.headers, CRAWLED_AT + number, record.partition)
        for number, record in enumerate(page.fed(partitions) for page in pages)
    ]
