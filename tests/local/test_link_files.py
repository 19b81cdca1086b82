"""LINK on the records of FOLD, without a broker."""

from collections.abc import Iterator

import pytest

from service.contract.record import Record, Topic
from service.contract.serde import dump, load
from service.contract.story_concepts import StoryConcepts
from service.contract.translations import StoryTranslations, is_translations
from service.link.linker import Linker
from service.local.link_files import LinkFiles
from service.local.sample.texts import story_text
from service.text.concepts.packed import pack_concepts
from service.text.concepts.stream import concepts

TEXTS = {"miners": "en", "dam": "en", "miners-fr": "fr", "miners-de": "de"}


def told(story: str, language: str) -> Record:
    text = "\n\n".join(story_text(story, "original"))
    value = StoryConcepts(
        story=story,
        language=language,
        headline=story,
        uri=f"urn:{story}",
        url=f"https://gazette.example/{story}",
        host="gazette.example",
        concepts=pack_concepts(concepts(text, language)),
    )
    return Record(Topic.CONCEPTS, story.encode(), dump(value), partition=0)


def records() -> Iterator[Record]:
    for number, (story, language) in enumerate(TEXTS.items()):
        yield Record(Topic.ARTICLES, b"%d" % number, b"{}")
        yield told(story, language)


def said(made: list[Record]) -> dict[str, set[str]]:
    found = (load(StoryTranslations, each.value or b"") for each in made if is_translations(each))
    return {each.story: {other.story for other in each.translations} for each in found}


def test_translations_follow_the_record_that_gives_them() -> None:
    made = list(LinkFiles(100).follow(list(records())))
    assert [each for each in made if each.topic in (Topic.ARTICLES, Topic.CONCEPTS)] == list(
        records()
    )
    assert said(made)["miners-fr"] == {"miners", "miners-de"}
    assert "dam" not in said(made)
    events = [place for place, each in enumerate(made) if is_translations(each)]
    french = made.index(told("miners-fr", "fr"))
    assert french < events[0] < made.index(told("miners-de", "de"))
    assert made[-1].topic is Topic.LINK_STATE


def test_the_records_can_be_parted_anywhere() -> None:
    whole = list(LinkFiles(100).follow(list(records())))
    link = LinkFiles(100)
    assert [made for each in records() for made in link.follow([each])] == whole


def test_a_story_that_raises_an_error_is_a_dead_letter_and_the_others_are_linked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    take = Linker.take

    def fail(linker: Linker, arrival: object) -> object:
        if arrival.told.story == "dam":  # type: ignore[attr-defined]
            raise ZeroDivisionError("on purpose")
        return take(linker, arrival)  # type: ignore[arg-type]

    monkeypatch.setattr(Linker, "take", fail)
    made = list(LinkFiles(100).follow(list(records())))
    (letter,) = (each for each in made if each.topic is Topic.FAILED)
    assert letter.key == b"dam"
    assert said(made)["miners-fr"] == {"miners", "miners-de"}
