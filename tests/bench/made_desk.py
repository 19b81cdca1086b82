"""Records of the output topics for a desk with many articles; the same at every run.

A third of the stories have copies, a few of them hundreds; sites and agencies are as unequal as
they are in a crawl. Everything lies in `HOURS`, the newest page at their end.
"""

import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.agencies import agencies
from service.contract.outcome import RejectionReason
from service.contract.story import Relation
from service.desk.ingest.record import Arrived
from tests.desk.records import article, at, failure, rejection, state

HOURS = 30 * 24
HOSTS = 500
AGENCIES = tuple(agency.key for agency in agencies())[:15]
AUTHORS = 2_000
WORDS = 30_000
TEXT_WORDS = 200
REJECTED_OF_ARTICLES = 0.3
FAILED_OF_ARTICLES = 0.01

_SYLLABLES = ("ba", "ne", "ti", "ro", "ku", "sa", "lem", "dor", "vi", "ga", "pol", "shi", "mar")
_LANGUAGES = {"en": 60, "es": 12, "de": 9, "fr": 8, "pt": 6, "ja": 3, "ar": 2}
_RELATIONS = {
    Relation.VERBATIM: 34,
    Relation.TRIMMED: 22,
    Relation.EDITED: 20,
    Relation.SPUN: 9,
    Relation.REWRITTEN: 5,
    Relation.TRANSLATED: 6,
    Relation.UPDATE: 4,
}
_REJECTED = (RejectionReason.NO_ARTICLE, RejectionReason.UNCHANGED, RejectionReason.TOO_SHORT)


@dataclass(frozen=True, slots=True)
class _Story:
    """What a story's records are made from; `times` in hours, the first is the original's."""

    number: int
    agency: str | None
    language: str
    text: Sequence[str]
    times: Sequence[float]


class MadeDesk:
    """Makes the records of so many articles."""

    def __init__(self, articles: int) -> None:
        self._lot = random.Random(1)
        self._articles = articles
        self._words = [_word(number) for number in range(WORDS)]
        self._shares = list(itertools.accumulate(1 / (rank + 20) for rank in range(WORDS)))
        self._host_shares = [1 / (rank + 5) for rank in range(HOSTS)]
        self._agency_shares = [1 / (rank + 1) for rank in range(len(AGENCIES))]

    def records(self) -> Iterator[Arrived]:
        """Yield all records, in order of time; a story's state comes after its last article."""
        plan: list[tuple[float, int, _Story | None]] = []
        left, number = self._articles, 0
        while left:
            story = self._story(number, min(self._size(), left))
            plan += [(hour, place, story) for place, hour in enumerate(story.times)]
            left, number = left - len(story.times), number + 1
        others = int(self._articles * (REJECTED_OF_ARTICLES + FAILED_OF_ARTICLES))
        plan += [(self._lot.uniform(0, HOURS), place, None) for place in range(others)]
        for hour, place, made in sorted(plan, key=lambda each: each[:2]):
            if made is None:
                yield self._without_event(place, hour)
            else:
                yield from self._article(made, place, hour)

    def _size(self) -> int:
        if self._lot.random() < 0.66:
            return 1
        return min(1 + int(self._lot.paretovariate(1.1)), 800)

    def _story(self, number: int, size: int) -> _Story:
        lot = self._lot
        begun = lot.uniform(0, HOURS - 1)
        delays = sorted(min(lot.lognormvariate(1.2, 1.3), HOURS - begun) for _ in range(size - 1))
        agency = lot.choices(AGENCIES, self._agency_shares)[0] if lot.random() < 0.6 else None
        language = lot.choices(list(_LANGUAGES), list(_LANGUAGES.values()))[0]
        text = lot.choices(self._words, cum_weights=self._shares, k=TEXT_WORDS)
        return _Story(number, agency, language, text, [begun, *(begun + each for each in delays)])

    def _article(self, story: _Story, place: int, hour: float) -> Iterator[Arrived]:
        lot = self._lot
        words = list(story.text)
        relation = Relation.ORIGINAL
        if place:
            relation = lot.choices(list(_RELATIONS), list(_RELATIONS.values()))[0]
            words = words[: lot.randrange(60, TEXT_WORDS)]
        host = lot.choices(range(HOSTS), self._host_shares)[0]
        url = _url(story, place, 0 if place == 0 else host)
        yield article(
            url,
            f"s{story.number}",
            title=" ".join(words[:8]).capitalize(),
            text=" ".join(words),
            relation=relation,
            parent=_url(story, 0, 0) if place else None,
            hours=hour,
            language=story.language,
            agency=story.agency if place == 0 or lot.random() < 0.8 else None,
            flags=["truncated"] if lot.random() < 0.05 else [],
            by=f"Author {_word(lot.randrange(AUTHORS))}" if lot.random() < 0.7 else None,
            sequence=1,
        )
        if place == len(story.times) - 1:
            yield state(
                f"s{story.number}",
                url=_url(story, 0, 0),
                headline=" ".join(story.text[:8]).capitalize(),
                copies=place,
                agency=story.agency,
                language=story.language,
                first=story.times[0],
                hours=hour,
            )

    def _without_event(self, place: int, hour: float) -> Arrived:
        host = self._lot.choices(range(HOSTS), self._host_shares)[0]
        url = f"https://{_host(host)}/section/{place}"
        if place < self._articles * FAILED_OF_ARTICLES:
            return failure(url, offset=place, fetched_at=at(hour))
        return rejection(url, self._lot.choice(_REJECTED), hours=hour)


def _url(story: _Story, place: int, host: int) -> str:
    """The original's host follows from its story, so that copies can name it as their parent."""
    where = (story.number * story.number) % HOSTS if place == 0 else host
    return f"https://{_host(where)}/{story.number}/{place}"


def _host(number: int) -> str:
    return f"www.{_word(number)}-news.example"


def _word(number: int) -> str:
    """The word of a number: as many different ones as there are numbers."""
    made, number = _SYLLABLES[number % len(_SYLLABLES)], number // len(_SYLLABLES)
    while number:
        number, last = divmod(number - 1, len(_SYLLABLES))
        made += _SYLLABLES[last]
    return made
