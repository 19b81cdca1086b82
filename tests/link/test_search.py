"""What is found by keys depends on the stories that are there alone."""

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


def test_looked_up_together_they_find_the_same() -> None:
    loaded: LinkSearch[LinkStory] = LinkSearch()
    half = len(STORIES) // 2
    loaded.load([(number, story, story.keys) for number, story in enumerate(STORIES[:half])])
    loaded.prefetch(STORIES[::5])
    for number, story in enumerate(STORIES[half:], half):
        loaded.add(number, story, story.keys)
    assert found(loaded) == found(filled())


def test_numbers_that_were_given_back_leave_room() -> None:
    search: LinkSearch[LinkStory] = LinkSearch()
    for number, story in enumerate(STORIES):
        search.add(200_000 * number, story, story.keys)
        if number >= 10:
            search.remove(200_000 * (number - 10))
    assert len(search) == 10
    assert search.nbytes < 3_000_000
    last: LinkSearch[LinkStory] = LinkSearch()
    for number, story in enumerate(STORIES[-10:]):
        last.add(number, story, story.keys)
    assert found(search) == found(last)
