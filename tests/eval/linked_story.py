"""Texts as LINK has them: READ packs the concepts of a text, and LINK compares what is left of
them."""

from service.link.story import LinkStory
from service.text.concepts.keys import link_keys
from service.text.concepts.packed import pack_concepts, unpack_concepts
from service.text.concepts.stream import Concepts, concepts
from service.text.language_groups import language_group


def concepts_kept(text: str, language: str) -> Concepts:
    """Return the concepts of a text that its packed form holds.

    Args:
        text: title and body.
        language: BCP 47 tag.
    """
    return unpack_concepts(pack_concepts(concepts(text, language)))


def linked_story(id: str, text: str, language: str) -> LinkStory:
    """Return a story by its text, of no agency that is known."""
    kept = concepts_kept(text, language)
    return LinkStory(id, language_group(language), None, kept, link_keys(kept))
