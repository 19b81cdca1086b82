"""Folding within each language that there are texts for, and never across two of them."""

from collections.abc import Sequence
from functools import cache

import pytest

from service.events.extracted import Extracted
from service.page.language import tell_language
from service.story.decision import Placed
from service.story.shard import Shard
from tests.story.articles import extracted
from tests.story.languages.pairs import (
    COPIES,
    Form,
    Pair,
    Telling,
    copies,
    languages,
    strangers,
    tellings,
    translations,
    traps,
)

FLOOR = {Form.REWORDED: 0.9}
"""The share of pairs with this form that must be found; all of the other forms."""

each_language = pytest.mark.parametrize("language", languages())


@cache
def article(telling: Telling, offset: int) -> Extracted:
    """A telling as it is handed to FOLD, in the language that its page would be found to be in."""
    return extracted(
        telling.text,
        url=f"https://{telling.name}.example/news",
        offset=offset,
        title=telling.title,
        language=tell_language(telling.text),
    )


def placed(told: Sequence[Telling]) -> list[str]:
    """The story that each text was put in, in the order of arrival, after all merges."""
    shard = Shard()
    found, into = [], {}
    for offset, telling in enumerate(told):
        decision = shard.place(article(telling, offset))
        assert isinstance(decision, Placed)
        found.append(decision.placement.story_id)
        into.update({s.id: s.merged_into for s in decision.stories if s.merged_into})
    for number, story in enumerate(found):
        while story in into:
            story = into[story]
        found[number] = story
    return found


def folded(pair: Pair) -> bool:
    left, right = placed((pair.left, pair.right))
    return left == right


@each_language
def test_the_language_is_told(language: str) -> None:
    told = {t.name: tell_language(t.text) for t in tellings(language)}
    assert {name: found for name, found in told.items() if found != language} == {}


@each_language
def test_one_paragraph_is_enough_to_tell_the_language(language: str) -> None:
    texts = [t.text for t in tellings(language) if t.form is not Form.WRAPPED]
    paragraphs = [paragraph for text in texts for paragraph in text.split("\n\n")]
    assert [p for p in paragraphs if tell_language(p) not in (language, "und")] == []


@each_language
@pytest.mark.parametrize(("left", "right"), COPIES)
def test_copies_are_found(language: str, left: Form, right: Form) -> None:
    pairs = copies(language, left, right)
    missed = [pair.name for pair in pairs if not folded(pair)]
    assert len(missed) <= round((1 - FLOOR.get(right, 1.0)) * len(pairs)), missed


@each_language
def test_traps_are_not_folded(language: str) -> None:
    assert [pair.name for pair in traps(language) if folded(pair)] == []


@each_language
def test_other_stories_are_not_folded(language: str) -> None:
    assert [pair.name for pair in strangers(language) if folded(pair)] == []


def test_translations_are_not_folded() -> None:
    assert [pair.name for pair in translations() if folded(pair)] == []


@pytest.mark.parametrize("backwards", [False, True])
def test_all_together_no_story_holds_another(backwards: bool) -> None:
    told = [telling for language in languages() for telling in tellings(language)]
    told = told[::-1] if backwards else told
    holders: dict[str, set[tuple[str, int, bool]]] = {}
    for telling, story in zip(told, placed(told), strict=True):
        holders.setdefault(story, set()).add(telling.told)
    assert [held for held in holders.values() if len(held) > 1] == []
