"""Which records on `stories` tell of translations."""

import pytest

from service.contract.record import Record, Topic
from service.contract.translations import TRANSLATIONS_PREFIX, is_translations

STORY = "urn:copydesk:story:1"


@pytest.mark.parametrize(
    ("topic", "key", "expected"),
    [
        (Topic.STORIES, f"{TRANSLATIONS_PREFIX}{STORY}".encode(), True),
        (Topic.STORIES, STORY.encode(), False),
        (Topic.STORIES, None, False),
        (Topic.ARTICLES, f"{TRANSLATIONS_PREFIX}{STORY}".encode(), False),
    ],
)
def test_they_are_told_by_their_key(topic: Topic, key: bytes | None, *, expected: bool) -> None:
    assert is_translations(Record(topic, key, b"{}")) is expected
