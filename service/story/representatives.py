"""The articles that stand for a story when others are compared with it."""

from collections.abc import Sequence
from dataclasses import replace

from service.events.placement import Relation
from service.story.assign import Link
from service.story.known import KnownStory, Representative

REPRESENTATIVES = 8
SPARES = 2
"""Parts of other representatives that are kept, to stand in when these change or leave."""

_PART = 0.9
"""A text with this share of its 5-grams in a longer one is a part of it."""


def represent(story: KnownStory, new: Representative, links: Sequence[Link]) -> None:
    """Let an article stand for its story, in place of its own earlier version.

    A copy that is a part of another text does so only when that text is gone: what is like the part
    is like the whole, while what is like the whole need not be like each of its parts.

    Args:
        links: the article against the story's representatives.
    """
    others = [_unbound(held, new.uri) for held in story.representatives if held.uri != new.uri]
    if others and new.relation is Relation.WITHDRAWAL:
        story.representatives = others
        return
    stays = story.is_reference(new)
    parts = set()
    for link in links:
        held = link.representative
        if held.uri == new.uri:
            continue
        if held.exact == new.exact or link.features.containment >= _PART:
            if not story.is_reference(held) and held.words < new.words:
                parts.add(held.uri)
            elif not stays and new.part_of is None and held.words >= new.words:
                new = replace(new, part_of=held.uri)
    together = [replace(h, part_of=new.uri) if h.uri in parts else h for h in others]
    story.representatives = _fewer(story, [*together, new])


def _unbound(held: Representative, uri: str) -> Representative:
    """The representative, no part of an article whose text has changed."""
    return replace(held, part_of=None) if held.part_of == uri else held


def _fewer(story: KnownStory, held: list[Representative]) -> list[Representative]:
    """As many as are kept: the first spares, then the takes and the first of the plain copies."""
    uris = {each.uri for each in held}
    wholes = [each for each in held if each.part_of not in uris]
    while len(wholes) > REPRESENTATIVES:
        plain = [each for each in wholes if not story.is_reference(each)]
        wholes.remove(plain[-1] if plain else wholes[-2])
    kept = {each.uri for each in wholes}
    spares = [each for each in held if each.part_of in kept][:SPARES]
    chosen = kept | {each.uri for each in spares}
    return [each for each in held if each.uri in chosen]
