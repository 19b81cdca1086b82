"""Texts as concepts, given id by id, and the invented story that is told in nine languages."""

from collections.abc import Sequence
from functools import cache

import numpy as np

from service.link.story import LinkStory, link_story
from service.text.concepts.stream import Concepts, concepts
from tests.fold.languages.pairs import Form, StoryText, languages, stories


def text_of(sentences: Sequence[Sequence[tuple[int, int]]], weight: float = 3.0) -> Concepts:
    """A text of sentences of ids, each a kind and a value; one token an id."""
    rows = [(own, number) for number, sentence in enumerate(sentences) for own in sentence]
    return Concepts(
        ids=np.array([kind << 24 | value for (kind, value), _ in rows], dtype=np.uint32),
        weights=np.full(len(rows), weight, dtype=np.float32),
        tokens=np.arange(len(rows), dtype=np.int32),
        sentences=np.array([number for _, number in rows], dtype=np.int32),
        words=max(len(rows), 1),
    )


@cache
def told(event: str, form: Form = Form.STORY) -> dict[str, LinkStory]:
    """An event's story as LINK has it, by language."""
    return {language: told_in(language, event, form) for language in languages()}


@cache
def told_in(language: str, event: str, form: Form = Form.STORY) -> LinkStory:
    """An event's story as LINK has it, in one language: words of the others are not loaded."""
    (forms,) = (each for each in stories(language) if each[Form.STORY].event == event)
    return as_story(forms[form])


@cache
def as_story(text: StoryText) -> LinkStory:
    """A text as LINK has it."""
    found = concepts(f"{text.title}\n{text.text}", text.language)
    return link_story(text.name, found, text.language)
