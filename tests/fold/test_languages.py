"""Copies are folded in each language with texts in `languages/`, and never across languages."""

from collections.abc import Sequence
from functools import cache

import pytest

from service.contract.extracted import Extracted
from service.fold.assign.decision import Placed
from service.fold.shard import Shard
from service.read.page.language import identify_language
from tests.fold.articles import extracted
from tests.fold.languages.pairs import (
    COPIES,
    Form,
    Pair,
    StoryText,
    copies,
    languages,
    story_texts,
    strangers,
    translations,
    traps,
)

FLOOR = {Form.REWORDED: 0.9}
"""Least share of pairs with this form that must be found; 1 for the other forms."""

each_language = pytest.mark.parametrize("language", languages())


@cache
def article(text: StoryText, offset: int) -> Extracted:
    """Return a text as an article in the language that is identified for it."""
    return extracted(
        text.text,
        url=f"https://{text.name}.example/news",
        offset=offset,
        title=text.title,
        language=identify_language(text.text),
    )


def placed(texts: Sequence[StoryText]) -> list[str]:
    """Return the story of each text after all mergers; texts are in the order of arrival."""
    shard = Shard()
    found, into = [], {}
    for offset, text in enumerate(texts):
        decision = shard.place(article(text, offset))
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
def test_the_language_is_identified(language: str) -> None:
    identified = {t.name: identify_language(t.text) for t in story_texts(language)}
    assert {name: found for name, found in identified.items() if found != language} == {}


@each_language
def test_one_paragraph_is_enough_to_identify_the_language(language: str) -> None:
    texts = [t.text for t in story_texts(language) if t.form is not Form.WRAPPED]
    paragraphs = [paragraph for text in texts for paragraph in text.split("\n\n")]
    assert [p for p in paragraphs if identify_language(p) not in (language, "und")] == []


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


@pytest.mark.slow
@pytest.mark.parametrize("backwards", [False, True])
def test_placed_together_no_two_stories_are_merged(backwards: bool) -> None:
    texts = [text for language in languages() for text in story_texts(language)]
    texts = texts[::-1] if backwards else texts
    labels: dict[str, set[tuple[str, int, bool]]] = {}
    for text, story in zip(texts, placed(texts), strict=True):
        labels.setdefault(story, set()).add(text.label)
    assert [found for found in labels.values() if len(found) > 1] == []
