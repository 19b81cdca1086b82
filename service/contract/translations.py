"""Translations of stories: the value of `copydesk.story.translated` events on `stories`.

Their key is `translations/` and the story's id. `stories` keeps the last record of each key: under
the story's own key the event would take the place of the story's state.
"""

from typing import Literal

from pydantic import Field

from service.contract.record import Record, Topic
from service.contract.serde import Model

TRANSLATED = "copydesk.story.translated"

TRANSLATIONS_PREFIX = "translations/"

MOST_TRANSLATIONS = 32
"""Stories that an event lists, those with the highest scores."""


class TranslationEvidence(Model):
    """What the texts of two stories in two languages have in common."""

    common_numbers: int = Field(description="Different numbers that both have.")
    common_names: int = Field(description="Different names that both have, by their consonants.")
    common_words: int = Field(
        description="Different words that both have, by what they are called in English."
    )
    numbers: float | None = Field(
        default=None,
        description="Share of the shorter text's numbers that the longer has, by weight. Unit: 0 to"
        " 1. Absent if it has none.",
    )
    names: float | None = Field(
        default=None,
        description="Share of its names, likewise. Unit: 0 to 1. Absent if it has none.",
    )
    words: float | None = Field(
        default=None,
        description="Share of its words, likewise. Unit: 0 to 1. Absent if it has none.",
    )
    sentences: float = Field(
        description="Share of the shorter text's sentences that are found in the longer. Unit: 0 to"
        " 1."
    )
    order: float | None = Field(
        default=None,
        description="Share of what each text has once that stands in the same order. Unit: 0 to 1."
        " Absent if that is too little.",
    )
    length_ratio: float = Field(
        description="Words of the shorter text divided by words of the longer."
    )


class Translation(Model):
    """A story with the same text in another language."""

    story: str = Field(description="Id of the story.")
    language: str = Field(description="Its language, BCP 47.")
    score: float = Field(description="How likely it is a translation. Unit: 0 to 1.")
    headline: str = Field(description="Headline of its original.")
    uri: str = Field(description="Uri of its original.")
    url: str = Field(description="Address of its original.")
    host: str = Field(description="Host of its original.")
    evidence: TranslationEvidence = Field(description="What the score was computed from.")


Why = Literal["agency_host", "named", "says_so", "time"]


class StoryTranslations(Model):
    """The translations of one story, as LINK knows them now."""

    story: str = Field(description="Id of the story; the key is `translations/` and this id.")
    language: str = Field(description="Its language, BCP 47.")
    agency: str | None = Field(
        default=None,
        description="Key of the agency that its original credits. Absent if none is credited.",
    )
    translations: tuple[Translation, ...] = Field(
        description="Stories in other languages, the highest score first; at most 32. Empty if it"
        " has none any more."
    )
    translation_of: str | None = Field(
        default=None,
        description="Id of the one of them that it is a translation of. Absent if that is not"
        " decided.",
    )
    why: Why | None = Field(
        default=None,
        description="What decided `translation_of`. `agency_host`: the other is on its agency's own"
        " host, this one is not. `named`: this one names the other. `says_so`: this one's page says"
        " that it is a translation. `time`: the other was published and fetched at least 15 minutes"
        " before. Absent if nothing did.",
    )


def is_translations(record: Record) -> bool:
    """Return True if a record on `stories` tells of translations, and is not a story's state."""
    return record.topic is Topic.STORIES and (record.key or b"").startswith(
        TRANSLATIONS_PREFIX.encode()
    )
