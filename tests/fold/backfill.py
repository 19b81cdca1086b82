"""A month of pages with honest copies, and the orders in which they may come to FOLD."""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from service.contract.extracted import Extracted, SourcePosition
from service.contract.fold_state import ArticleRecord
from service.contract.record import InputMessage, Record, Topic
from service.contract.serde import dump, load
from service.contract.story import StoryEvent
from service.fold.shard import Shard
from service.fold.stage import fold_batch
from tests.faults.prose import write_text
from tests.fold.articles import START, extracted

MONTH = datetime(2026, 10, 1, tzinfo=UTC)
DAYS = 31
_DELAYS = (
    timedelta(minutes=1),
    timedelta(minutes=20),
    timedelta(hours=3),
    timedelta(hours=20),
    timedelta(hours=48),
)
"""From an original to its copies."""

_COPIES = 0.45


@dataclass(frozen=True, slots=True)
class Page:
    """A page: `story` is the number of the text that it copies, its own if it is an original."""

    number: int
    story: int
    extracted: Extracted

    @property
    def at(self) -> datetime:
        """Its time of fetch."""
        assert self.extracted.article.fetched_at is not None
        return self.extracted.article.fetched_at


@cache
def month(count: int, seed: int = 1, begin: datetime = MONTH, days: int = DAYS) -> tuple[Page, ...]:
    """Pages in the order of their fetch, nearly half of them copies from one minute to two days
    after their original: verbatim or trimmed, on other hosts."""
    lot = random.Random(seed)
    span = timedelta(days=days)
    planned: list[tuple[datetime, int, str, str]] = []
    while len(planned) < count:
        story, text = len(planned), write_text(lot)
        at = begin + span * lot.random()
        planned.append((at, story, text.headline, "\n\n".join(text.paragraphs)))
        while lot.random() < _COPIES:
            part = text.paragraphs[: -(-len(text.paragraphs) * 3 // 4)]
            copied = lot.choice((text.paragraphs, part))
            delay = lot.choice(_DELAYS)
            planned.append((at + delay, story, text.headline, "\n\n".join(copied)))
    planned = sorted(planned[:count])
    return tuple(
        Page(number, story, _extracted(number, f"{seed}-{begin:%Y}", at, title, body))
        for number, (at, story, title, body) in enumerate(planned)
    )


def _extracted(number: int, name: str, at: datetime, title: str, text: str) -> Extracted:
    url = f"https://host{number % 211}.example/{name}/{number}"
    hours = (at - START) / timedelta(hours=1)
    return extracted(text, url=url, offset=number, title=title, minutes=0, hours=hours)


def partition_of(page: Page, partitions: int) -> int:
    """The partition of `pages.raw` that a page is in."""
    return int(page.extracted.article.uri[-4:], 16) % partitions


def in_partitions(pages: Iterable[Page], partitions: int) -> list[list[Page]]:
    """The pages of each partition, in their order."""
    split: list[list[Page]] = [[] for _ in range(partitions)]
    for page in pages:
        split[partition_of(page, partitions)].append(page)
    return split


def at_different_pace(
    pages: Sequence[Page], partitions: int, most: timedelta, seed: int = 2
) -> list[Page]:
    """The pages as partitions that are read at different pace give them: one may be ahead of the
    slowest by `most`."""
    lot = random.Random(seed)
    left = in_partitions(pages, partitions)
    order: list[Page] = []
    while any(left):
        slowest = min(each[0].at for each in left if each)
        allowed = [each for each in left if each and each[0].at - slowest <= most]
        chosen = max(allowed, key=lambda each: (each[0].at, lot.random()))
        order += chosen[: (run := lot.randrange(1, 30))]
        del chosen[:run]
    return order


def messages(
    pages: Iterable[Page], partitions: int = 1, topic: str = "pages.raw"
) -> list[InputMessage]:
    """The pages as records of `articles.extracted`, in this order; each has its position in its
    partition of `pages.raw`."""
    offsets = [0] * partitions
    made = []
    for offset, page in enumerate(pages):
        partition = partition_of(page, partitions)
        position = SourcePosition(topic="pages.raw", partition=partition, offset=offsets[partition])
        offsets[partition] += 1
        value = dump(page.extracted.model_copy(update={"source": position}))
        at_fold = SourcePosition(topic="articles.extracted", partition=0, offset=offset)
        made.append(InputMessage(None, value, (), None, at_fold))
    return made


def folded(given: Sequence[InputMessage], shard: Shard) -> Iterator[list[Record]]:
    """Fold messages in batches."""
    for first in range(0, len(given), 100):
        yield from fold_batch(given[first : first + 100], shard, 0)


def stories_of(records: Iterable[Record]) -> dict[str, str]:
    """Return the story of each article by uri, mergers followed, from what FOLD wrote."""
    into: dict[str, str] = {}
    found: dict[str, str] = {}
    for record in records:
        key = (record.key or b"").decode()
        if record.topic is Topic.STORIES:
            merged = _merged_into(record.value or b"")
            if merged is not None:
                into[key] = merged
        elif record.topic is Topic.FOLD_STATE and key.startswith("article/") and record.value:
            article = load(ArticleRecord, record.value)
            found[article.uri] = article.story_id
    return {uri: _last(into, story) for uri, story in found.items()}


def copies_found(pages: Sequence[Page], stories: dict[str, str]) -> int:
    """Return how many copies are in one story with an earlier page of their text."""
    seen: dict[int, set[str]] = {}
    found = 0
    for page in sorted(pages, key=lambda each: each.at):
        story = stories[page.extracted.article.uri]
        found += story in seen.setdefault(page.story, set())
        seen[page.story].add(story)
    return found


def _merged_into(value: bytes) -> str | None:
    state = load(StoryEvent, value)
    return state.merged_into


def _last(into: dict[str, str], story: str) -> str:
    while story in into:
        story = into[story]
    return story
