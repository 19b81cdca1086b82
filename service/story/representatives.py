"""The articles that stand for a story when others are compared with it."""

from collections.abc import Sequence

from service.events.placement import Relation
from service.story.assign import Link
from service.story.known import KnownStory, Representative

REPRESENTATIVES = 8

_TAKES = frozenset({Relation.ORIGINAL, Relation.UPDATE, Relation.CORRECTION})


_PART = 0.9
"""A text with this share of its 5-grams in a longer one is a part of it."""


def represent(story: KnownStory, new: Representative, links: Sequence[Link]) -> None:
    """Let an article stand for its story if it adds to the texts that do.

    It replaces its own earlier version and the copies that are parts of it. A copy that is itself a
    part of another text adds nothing: what is like it is like the whole, while what is like the
    whole need not be like each part.

    Args:
        links: the article against the story's representatives.
    """
    others = [held for held in story.representatives if held.uri != new.uri]
    replaced = len(others) < len(story.representatives)
    member = story.members.get(new.uri)
    if others and member is not None and member.relation is Relation.WITHDRAWAL:
        story.representatives = others
        return
    if not replaced and any(held.exact == new.exact for held in others):
        return
    own = _stays(story, new.uri)
    parts = set()
    for link in links:
        held = link.representative
        if held.uri == new.uri or link.features.containment < _PART:
            continue
        if len(held.text) < len(new.text):
            parts.add(held.uri)
        elif not own:
            story.representatives = others
            return
    others = [h for h in others if h.uri not in parts or _stays(story, h.uri)]
    if len(others) >= REPRESENTATIVES:
        if not own:
            story.representatives = others[:REPRESENTATIVES]
            return
        # The takes of a story must be there to compare with: a plain copy makes room.
        plain = [held for held in others if not is_take(story, held.uri)]
        others.remove(plain[-1] if plain else others[-1])
    others.append(new)
    story.representatives = others


def _stays(story: KnownStory, uri: str) -> bool:
    return story.original.uri == uri or is_take(story, uri)


def is_take(story: KnownStory, uri: str) -> bool:
    """Whether a member is the original or a later take, not a copy."""
    member = story.members.get(uri)
    return member is not None and member.relation in _TAKES
