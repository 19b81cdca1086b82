"""Translations among the stories in the window, in nine languages."""

from dataclasses import replace
from itertools import permutations

import pytest

from service.link.story import LinkStory
from service.link.verifier import LINKED
from tests.fold.languages.pairs import Form
from tests.link.story_window import StoryWindow
from tests.link.texts import told

EVENTS = ("ferry", "quake", "chess")


def window(*but: str) -> StoryWindow:
    """All stories of the events and their traps, but for some ids."""
    index = StoryWindow(1000)
    for event in EVENTS:
        for form in (Form.STORY, Form.OTHER):
            for story in told(event, form).values():
                if story.id not in but:
                    index.add(story)
    return index


def found(index: StoryWindow, story: LinkStory) -> set[str]:
    return {link.story.id for link in index.links(story)}


@pytest.mark.parametrize("event", EVENTS)
def test_a_story_is_linked_with_its_translations_and_no_trap(event: str) -> None:
    index = window()
    stories = told(event)
    traps = told(event, Form.OTHER)
    links = {language: found(index, story) for language, story in stories.items()}
    right = {story.id for story in stories.values()}
    assert not any(ids - right for ids in links.values())
    pairs = list(permutations(stories, 2))
    linked = [stories[other].id in links[one] for one, other in pairs]
    assert sum(linked) >= 0.6 * len(pairs)
    others = {story.id for story in traps.values()}
    assert not any(found(index, story) - others for story in traps.values())


def test_scores_are_those_of_links_best_first() -> None:
    links = window().links(told("ferry")["es"])
    scores = [link.score for link in links]
    assert scores == sorted(scores, reverse=True)
    assert all(LINKED <= score <= 1 for score in scores)


def test_what_is_removed_is_not_found_and_may_come_again() -> None:
    story, other = told("ferry")["es"], told("ferry")["fr"]
    index = window()
    before = found(index, story)
    assert other.id in before
    index.remove(other.id)
    index.remove("never there")
    assert found(index, story) == before - {other.id}
    index.add(other)
    assert found(index, story) == before


def test_what_was_there_before_does_not_matter() -> None:
    story = told("quake")["pt"]
    index = StoryWindow(1000)
    for event in (*EVENTS, *reversed(EVENTS)):
        for each in told(event).values():
            index.add(each)
    again = StoryWindow(1000)
    for event in reversed(EVENTS):
        for each in told(event).values():
            again.add(each)
    assert [(link.story.id, link.score) for link in index.links(story)] == [
        (link.story.id, link.score) for link in again.links(story)
    ]


def test_the_oldest_leave_where_there_are_too_many() -> None:
    stories = list(told("ferry").values())
    index = StoryWindow(3)
    for story in stories:
        index.add(story)
    assert len(index) == 3
    assert found(index, stories[0]) <= {story.id for story in stories[-3:]}


def test_a_story_of_another_agency_is_not_linked() -> None:
    index = StoryWindow(10)
    index.add(replace(told("ferry")["fr"], agency="afp"))
    story = told("ferry")["es"]
    assert found(index, replace(story, agency="afp"))
    assert not found(index, replace(story, agency="efe"))
