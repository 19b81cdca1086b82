"""Pages from a seed, and for each what must become of it: the truth that the oracle holds."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import islice

from service.contract.outcome import FailureReason
from service.contract.record import Topic
from tests.faults.page_html import page_html
from tests.faults.poisons import HEAVY, POISONS, REJECTS
from tests.faults.prose import Text, write_denial, write_text
from tests.worker.feeding import CRAWLED_AT, Fed

EPOCH = datetime.fromtimestamp(CRAWLED_AT / 1000, UTC) - timedelta(hours=6)
"""When the first page was fetched: every other one a tenth of a second after the one before it."""

_TICK = timedelta(seconds=0.1)
_RECENT = 60
"""Stories that may still get copies."""


class Kind(StrEnum):
    """What a page is."""

    ORIGINAL = "original"
    VERBATIM = "verbatim"
    TRIMMED = "trimmed"
    RECRAWL = "re-crawl"
    UPDATE = "update"
    WITHDRAWAL = "withdrawal"
    REJECT = "reject"
    POISON = "poison"


COPIES = (Kind.VERBATIM, Kind.TRIMMED)

USUAL_MIX: dict[Kind, float] = {
    Kind.ORIGINAL: 50,
    Kind.VERBATIM: 18,
    Kind.TRIMMED: 6,
    Kind.RECRAWL: 8,
    Kind.UPDATE: 4,
    Kind.WITHDRAWAL: 1,
    Kind.REJECT: 8,
    Kind.POISON: 5,
}


ONLY_POISON: dict[Kind, float] = {Kind.POISON: 1}


@dataclass(frozen=True)
class Entry:
    """One input.

    Attributes:
        number: from 0, in the order of feeding; its traceparent bears it.
        topic: where its outcome belongs.
        reason: of a rejection or a dead letter.
        story: number of the entry that began its story; None where it has none.
        version: of its address, if it is an article.
    """

    number: int
    kind: Kind
    fed: Fed
    topic: Topic
    reason: str | None = None
    story: int | None = None
    version: int | None = None


def traceparent(number: int) -> str:
    """A trace of its own for each input; it travels to whatever becomes of it."""
    return f"00-{0xC0FFEE:032x}-{number + 1:016x}-01"


def number_of(trace: str) -> int:
    """The input that a traceparent belongs to."""
    return int(trace.split("-")[2], 16) - 1


@dataclass
class _Story:
    """A story as it grows."""

    first: int
    partition: int
    text: Text
    host: str
    pages: dict[str, tuple[Text, int]] = field(default_factory=dict)


class Generator:
    """Makes entries one after another; the same arguments make the same ones.

    A story's pages are all in one partition, as far from each other as chance has it: that makes
    the order of a story, and so its id, the same in every run.
    """

    def __init__(self, seed: int, *, partitions: int, mix: dict[Kind, float] | None = None) -> None:
        self._lot = random.Random(seed)
        self._partitions = partitions
        self._mix = mix or USUAL_MIX
        self._number = 0
        self._stories: list[_Story] = []
        self._makers: dict[Kind, Callable[[], Entry]] = {
            Kind.ORIGINAL: self._original,
            Kind.VERBATIM: lambda: self._copy(Kind.VERBATIM),
            Kind.TRIMMED: lambda: self._copy(Kind.TRIMMED),
            Kind.RECRAWL: self._recrawl,
            Kind.UPDATE: self._update,
            Kind.WITHDRAWAL: self._withdrawal,
            Kind.REJECT: self._reject,
            Kind.POISON: self._poison,
        }

    def take(self, count: int) -> list[Entry]:
        """The next entries."""
        return list(islice(self, count))

    def heavy(self, reason: FailureReason) -> Entry:
        """The next entry, of a kind that chance does not bring."""
        entry = self._odd(Kind.POISON, Topic.FAILED, reason, HEAVY[reason])
        self._number += 1
        return entry

    def __iter__(self) -> Iterator[Entry]:
        kinds, weights = list(self._mix), list(self._mix.values())
        while True:
            (kind,) = self._lot.choices(kinds, weights)
            if kind not in (Kind.ORIGINAL, Kind.REJECT, Kind.POISON) and not self._stories:
                kind = Kind.ORIGINAL
            entry = self._makers[kind]()
            self._number += 1
            yield entry

    def _original(self) -> Entry:
        text = write_text(self._lot)
        host = f"{text.headline.split()[0].lower()}-herald.example"
        story = _Story(self._number, self._lot.randrange(self._partitions), text, host)
        self._stories = [*self._stories[-_RECENT + 1 :], story]
        return self._article(Kind.ORIGINAL, story, text, f"https://{host}/2026/{self._slug(text)}")

    def _copy(self, kind: Kind) -> Entry:
        story = self._lot.choice(self._stories)
        text = story.text.trimmed() if kind is Kind.TRIMMED else story.text
        url = f"https://outlet-{self._lot.randrange(400)}.example/news/{self._slug(text)}"
        return self._article(kind, story, text, url)

    def _recrawl(self) -> Entry:
        story = self._lot.choice(self._stories)
        url = self._lot.choice(list(story.pages))
        text, _ = story.pages[url]
        return Entry(
            self._number,
            Kind.RECRAWL,
            self._page(url, text, story.partition),
            Topic.REJECTED,
            "unchanged",
            story.first,
        )

    def _update(self) -> Entry:
        story = self._lot.choice(self._stories)
        url = self._lot.choice(list(story.pages))
        return self._article(Kind.UPDATE, story, story.pages[url][0].with_more(self._lot), url)

    def _withdrawal(self) -> Entry:
        """The last page of a story."""
        story = self._stories.pop(self._lot.randrange(len(self._stories)))
        about = story.text.headline
        text = Text(f"STORY WITHDRAWN-{about}", write_denial(self._lot, about))
        url = f"https://{story.host}/2026/withdrawn-{self._slug(text)}"
        return self._article(Kind.WITHDRAWAL, story, text, url)

    def _article(self, kind: Kind, story: _Story, text: Text, url: str) -> Entry:
        version = story.pages[url][1] + 1 if url in story.pages else 1
        story.pages[url] = (text, version)
        return Entry(
            self._number,
            kind,
            self._page(url, text, story.partition),
            Topic.ARTICLES,
            story=story.first,
            version=version,
        )

    def _reject(self) -> Entry:
        reason = self._lot.choice(list(REJECTS))
        return self._odd(Kind.REJECT, Topic.REJECTED, reason, REJECTS[reason])

    def _poison(self) -> Entry:
        reason = self._lot.choice(list(POISONS))
        return self._odd(Kind.POISON, Topic.FAILED, reason, POISONS[reason])

    def _odd(self, kind: Kind, topic: Topic, reason: str, make: Callable[..., Fed]) -> Entry:
        made = make(self._number, self._lot)
        return Entry(
            self._number,
            kind,
            self._record(made, self._lot.randrange(self._partitions)),
            topic,
            str(reason),
        )

    def _page(self, url: str, text: Text, partition: int) -> Fed:
        host = url.split("/")[2]
        body = page_html(text, host, EPOCH)
        headers = (("url", url.encode()), ("content-type", b"text/html; charset=utf-8"))
        return self._record(Fed(url.encode(), body, headers), partition)

    def _record(self, made: Fed, partition: int) -> Fed:
        """With what every record bears: when it was fetched, and its trace."""
        fetched_at = (EPOCH + self._number * _TICK).isoformat()
        more = (
            ("fetched-at", fetched_at.encode()),
            ("traceparent", traceparent(self._number).encode()),
        )
        return Fed(made.key, made.value, (*made.headers, *more), CRAWLED_AT, partition)

    def _slug(self, text: Text) -> str:
        return f"{'-'.join(text.headline.lower().split()[:4])}-{self._number}"
