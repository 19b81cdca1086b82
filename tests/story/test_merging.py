"""When one article makes one story of two, and when it does not."""

from itertools import combinations

import pytest

from service.story.decision import Placed
from service.story.shard import Shard
from tests.story.articles import extracted
from tests.story.languages.pairs import Form, tellings

Stories = dict[str, str]


def short(text: str, words: int = 110) -> str:
    """The beginning of a text, too short to tell a rewording by."""
    return " ".join(text.split()[:words])


def folded(texts: dict[str, str], language: str) -> Stories:
    """The story of each text after all, in the order given."""
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


def told(language: str, form: Form) -> list[str]:
    return [telling.text for telling in tellings(language) if telling.form is form]


def test_a_full_text_joins_its_short_copy_and_its_rewording() -> None:
    apart = joined = 0
    for language in ("de", "es", "fr", "it", "pt"):
        stories, rewordings = told(language, Form.STORY), told(language, Form.REWORDED)
        for story, reworded in zip(stories, rewordings, strict=True):
            texts = {"short": short(story), "reworded": reworded}
            if len(set(folded(texts, language).values())) == 2:
                apart += 1
                found = folded({**texts, "whole": story}, language)
                joined += len(set(found.values())) == 1
    assert apart >= 40
    assert joined >= 0.8 * apart


@pytest.mark.parametrize("language", ["es", "de"])
def test_a_roundup_does_not_join_the_briefs_that_it_quotes(language: str) -> None:
    stories = told(language, Form.STORY)[:4]
    for one, other in combinations(stories, 2):
        texts = {"one": short(one), "other": short(other)}
        texts["roundup"] = f"{texts['one']}\n\n{texts['other']}"
        found = folded(texts, language)
        assert found["one"] != found["other"]
