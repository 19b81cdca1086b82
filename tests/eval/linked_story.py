"""Texts as LINK has them: READ packs the concepts of a text, and LINK compares what is left of
them."""

from service.link.story import LinkStory, link_story
from service.text.concepts.packed import pack_concepts, unpack_concepts
from service.text.concepts.stream import Concepts, concepts


def concepts_kept(text: str, language: str) -> Concepts:
    """Return the concepts of a text that its packed form holds.

    Args:
        text: title and body.
        language: BCP 47 tag.
    """
    return unpack_concepts(pack_concepts(concepts(text, language)))


def linked_story(id: str, text: str, language: str) -> LinkStory:
    """Return a story by its text, of no agency that is known."""
    return link_story(id, concepts_kept(text, language), language)
