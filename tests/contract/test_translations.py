"""Events of translations stand beside the states of stories; their key tells them apart."""

from service.contract.record import Record, Topic
from service.contract.schema.examples import example_no_translations, example_translations
from service.contract.serde import dump, load
from service.contract.translations import (
    TRANSLATIONS_PREFIX,
    StoryTranslations,
    is_translations,
)


def test_an_event_is_told_from_a_storys_state_by_its_key() -> None:
    story = example_translations().story
    assert is_translations(Record(Topic.STORIES, (TRANSLATIONS_PREFIX + story).encode(), b"{}"))
    assert is_translations(Record(Topic.STORIES, (TRANSLATIONS_PREFIX + story).encode(), None))
    assert not is_translations(Record(Topic.STORIES, story.encode(), b"{}"))
    assert not is_translations(Record(Topic.STORIES, None, b"{}"))
    assert not is_translations(Record(Topic.ARTICLES, TRANSLATIONS_PREFIX.encode(), b"{}"))


def test_what_is_not_decided_is_left_out() -> None:
    assert b"translation_of" not in dump(example_no_translations())
    assert b"why" not in dump(example_no_translations())
    for event in (example_translations(), example_no_translations()):
        assert load(StoryTranslations, dump(event)) == event
