"""What is found by keys depends on the stories that are there alone."""

import pytest

from service.link.plan import Plan
from service.link.search import LinkSearch
from service.link.story import LinkStory
from tests.fold.languages.pairs import Form
from tests.link.texts import told

STORIES = [
    story
    for event in ("ferry", "quake", "chess")
    for form in (Form.STORY, Form.OTHER)
    for story in told(event, form).values()
]


def filled(first: int = 0) -> LinkSearch[LinkStory]:
    search: LinkSearch[LinkStory] = LinkSearch()
    for number, story in enumerate(STORIES, first):
        search.add(number, story, story.keys)
    return search


def found(search: LinkSearch[LinkStory]) -> list[list[tuple[str, float]]]:
    return [
        [(link.story.id, link.score) for link in search.compared(story)] for story in STORIES[::5]
    ]


def test_numbers_may_begin_anywhere() -> None:
    expected = found(filled())
    assert any(expected)
    assert found(filled(3_000_000_000)) == expected


def test_what_was_loaded_is_found_as_what_was_added() -> None:
    loaded: LinkSearch[LinkStory] = LinkSearch()
    loaded.load([(10 * number, story, story.keys) for number, story in enumerate(STORIES)])
    assert found(loaded) == found(filled())
    assert loaded.nbytes > 0


@pytest.mark.parametrize("as_planned", [True, False])
def test_looked_up_ahead_they_find_the_same(as_planned: bool) -> None:
    half = len(STORIES) // 2
    links = []
    for is_ahead in (True, False):
        search: LinkSearch[LinkStory] = LinkSearch()
        search.load((number, story, story.keys) for number, story in enumerate(STORIES[:half]))
        plan = Plan()
        for number, story in enumerate(STORIES[half:], half):
            plan.look_for(story)
            plan.add(number, story)
        if is_ahead:
            search.prefetch(plan)
        for number, story in enumerate(STORIES[half:], half + (not as_planned)):
            links.append([(link.story.id, link.score) for link in search.compared(story)])
            search.add(number, story, story.keys)
        assert search.is_as_planned == (is_ahead and as_planned)
    assert links[: len(links) // 2] == links[len(links) // 2 :]
    assert any(links)


def test_numbers_that_were_given_back_leave_room() -> None:
    search: LinkSearch[LinkStory] = LinkSearch()
    for number, story in enumerate(STORIES):
        search.add(200_000 * number, story, story.keys)
        if number >= 10:
            search.remove(200_000 * (number - 10))
    assert len(search) == 10
    assert search.nbytes < 3_100_000
    last: LinkSearch[LinkStory] = LinkSearch()
    for number, story in enumerate(STORIES[-10:]):
        last.add(number, story, story.keys)
    assert found(search) == found(last)
