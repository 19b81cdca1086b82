"""When an article merges two stories, and when it does not."""

from itertools import combinations

import pytest

from service.fold.assign.decision import Placed
from service.fold.shard import Shard
from tests.fold.articles import extracted
from tests.fold.languages.pairs import Form, story_texts

Stories = dict[str, str]


def short(text: str, words: int = 110) -> str:
    """Return the beginning of a text."""
    return " ".join(text.split()[:words])


def folded(texts: dict[str, str], language: str) -> Stories:
    """Return the story of each text after all mergers; texts are in the order of arrival."""
    shard = Shard()
    found: Stories = {}
    into: dict[str, str] = {}
    for offset, (name, text) in enumerate(texts.items()):
        url = f"https://{name}.example/a"
        decision = shard.place(extracted(text, url=url, offset=offset, language=language))
        assert isinstance(decision, Placed)
        found[name] = decision.placement.story_id
        into.update({s.id: s.merged_into for s in decision.stories if s.merged_into})
    return {name: _last(story, into) for name, story in found.items()}


def _last(story: str, into: dict[str, str]) -> str:
    while story in into:
        story = into[story]
    return story


def texts_in(language: str, form: Form) -> list[str]:
    return [text.text for text in story_texts(language) if text.form is form]


def test_a_short_copy_and_a_rewording_are_one_story_at_the_latest_when_the_full_text_comes() -> (
    None
):
    at_once = joined = total = 0
    for language in ("de", "es", "fr", "it", "pt"):
        stories, rewordings = texts_in(language, Form.STORY), texts_in(language, Form.REWORDED)
        for story, reworded in zip(stories, rewordings, strict=True):
            texts = {"short": short(story), "reworded": reworded}
            total += 1
            at_once += len(set(folded(texts, language).values())) == 1
            joined += len(set(folded({**texts, "whole": story}, language).values())) == 1
    assert at_once >= 0.8 * total
    assert joined >= 0.9 * total


@pytest.mark.parametrize("language", ["es", "de"])
def test_a_roundup_does_not_join_the_briefs_that_it_quotes(language: str) -> None:
    stories = texts_in(language, Form.STORY)[:4]
    for one, other in combinations(stories, 2):
        texts = {"one": short(one), "other": short(other)}
        texts["roundup"] = f"{texts['one']}\n\n{texts['other']}"
        found = folded(texts, language)
        assert found["one"] != found["other"]


@pytest.mark.parametrize("language", ["ru", "ja"])
def test_a_text_that_stands_word_for_word_in_a_story_joins_it(language: str) -> None:
    rewordings = texts_in(language, Form.REWORDED)
    for number, story in enumerate(texts_in(language, Form.STORY)[:5]):
        texts = {"story": story, "reworded": rewordings[number], "brief": short(story, 60)}
        for name, text in list(texts.items()):
            found = folded({**texts, "again": text}, language)
            assert found["again"] == found[name]
