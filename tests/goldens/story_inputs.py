"""Inputs of FOLD: stories that are kept in the tests, and labelled stories from a file.

They are made without READ. What FOLD looks at beside the text varies from article to article by
fixed rules: the time of publication, the declared original, the agency, and the address, which at
times is that of an earlier article of the story, so that it becomes a second version.
"""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from service.contract.article import Article
from service.contract.attribution import Wire
from service.contract.extracted import Extracted, SourcePosition
from service.contract.identity import article_uri, digest
from service.contract.record import InputMessage
from service.contract.serde import dump
from service.text.signature import sign
from tests.fold.languages.pairs import languages, stories
from tests.goldens.page_inputs import rows

SEED = 20_260_310
STORIES_OF_A_LANGUAGE = 5

START = datetime(2026, 3, 11, 6, 0, tzinfo=UTC)
APART = timedelta(minutes=30)
"""Between two of the few stories here: they last longer than the default window of 72 hours."""

APART_RECORDED = timedelta(minutes=1)
"""Between two of several thousand recorded stories: so do these."""

PUBLISHED_BEFORE = (None, timedelta(hours=1), timedelta(hours=30), timedelta(hours=100))
"""From publication to fetch; 100 hours is more than any window here."""

AGENCIES = (None, None, "reuters", None, "dpa")
SECOND_VERSION, DECLARES_ORIGINAL, AGENCY_ITSELF = 7, 9, 11
"""One article in so many has the address of another of its story, or names it as its original, or
is on its agency's own site."""


@dataclass(frozen=True, slots=True)
class StoryText:
    """A text; texts with the same `story` are one story."""

    name: str
    story: str
    title: str
    text: str
    language: str


def language_stories() -> list[bytes]:
    """The stories of the tests of folding, in nine languages: copies, rewordings and traps."""
    texts = (
        StoryText(each.name, f"{language} {each.story}", each.title, each.text, language)
        for language in languages()
        for forms in stories(language)[:STORIES_OF_A_LANGUAGE]
        for each in forms.values()
    )
    return _articles(texts, APART)


def labelled_stories(file: Path, most: int | None) -> list[bytes]:
    """The first stories of a file, or all: JSON lines with id, story and text, in English."""
    texts = (
        StoryText(row["id"], row["story"], " ".join(row["text"].split()[:9]), row["text"], "en")
        for row in islice(rows(file), most)
    )
    return _articles(texts, APART_RECORDED)


def as_given(values: Sequence[bytes | None]) -> list[InputMessage]:
    """Values of `articles.extracted` as messages, in their order."""
    return [
        InputMessage(
            key=None,
            value=value,
            headers=(),
            timestamp=None,
            source=SourcePosition(topic="articles.extracted", partition=0, offset=offset),
        )
        for offset, value in enumerate(values)
    ]


def shuffled(values: Sequence[bytes | None]) -> list[InputMessage]:
    """The same messages in another order, always the same one."""
    return as_given(random.Random(SEED).sample(values, len(values)))


def _articles(texts: Iterable[StoryText], apart: timedelta) -> list[bytes]:
    """What READ would make of pages with these texts, fetched one after the other."""
    first: dict[str, str] = {}
    made = []
    for number, each in enumerate(texts):
        url = f"https://host{number % 97}.example/{each.name}"
        of_story = first.setdefault(each.story, url)
        if number % SECOND_VERSION == 0:
            url = of_story
        declared = of_story if number % DECLARES_ORIGINAL == 0 else None
        made.append(dump(_extracted(number, each, url, declared, START + number * apart)))
    return made


def _extracted(
    number: int, of: StoryText, url: str, declared: str | None, fetched_at: datetime
) -> Extracted:
    before = PUBLISHED_BEFORE[number % len(PUBLISHED_BEFORE)]
    agency = AGENCIES[number % len(AGENCIES)]
    return Extracted(
        article=Article(
            uri=article_uri(url),
            url=url,
            canonical_url=url,
            host=url.split("/")[2],
            declared_canonical=declared,
            fetched_at=fetched_at,
            published=None if before is None else (fetched_at - before).isoformat(),
            title=of.title,
            text=of.text,
            language=of.language,
            content_hash=digest(of.title, of.text),
        ),
        wire=Wire(
            agency=agency,
            agencies=(agency,) if agency else (),
            is_original=agency is not None and number % AGENCY_ITSELF == 0,
        ),
        signature=sign(of.text, of.language),
        source=SourcePosition(topic="pages.raw", partition=0, offset=number),
    )
