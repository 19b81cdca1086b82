"""The articles that stand for a story when others are compared with it."""

from service.events.placement import Relation
from service.story.known import KnownStory, Representative

REPRESENTATIVES = 8

_TAKES = frozenset({Relation.ORIGINAL, Relation.UPDATE, Relation.CORRECTION})


def represent(story: KnownStory, new: Representative) -> None:
    """Let an article stand for its story if it adds a text, replacing its own earlier version."""
    others = [held for held in story.representatives if held.uri != new.uri]
    replaced = len(others) < len(story.representatives)
    member = story.members.get(new.uri)
    if others and member is not None and member.relation is Relation.WITHDRAWAL:
        story.representatives = others
        return
    if not replaced and any(held.exact == new.exact for held in others):
        return
    if len(others) >= REPRESENTATIVES:
        if story.original.uri != new.uri and not is_take(story, new.uri):
            story.representatives = others[:REPRESENTATIVES]
            return
        # The takes of a story must be there to compare with: a plain copy makes room.
        plain = [held for held in others if not is_take(story, held.uri)]
        others.remove(plain[-1] if plain else others[-1])
    others.append(new)
    story.representatives = others


def is_take(story: KnownStory, uri: str) -> bool:
    """Whether a member is the original or a later take, not a copy."""
    member = story.members.get(uri)
    return member is not None and member.relation in _TAKES
