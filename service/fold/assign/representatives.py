"""Chooses the representatives of a story: the articles that new ones are compared with."""

from collections.abc import Sequence
from dataclasses import replace

from service.contract.story import Relation
from service.fold.assign.scoring import Link
from service.fold.state.story import Representative, StoryState

REPRESENTATIVES = 8
SPARES = 2
"""Parts of other representatives that are kept, for use when those change or leave."""

_PART = 0.9
"""A text is a part of a longer one that contains this share of its 5-grams."""


def represent(story: StoryState, new: Representative, links: Sequence[Link]) -> None:
    """Make an article a representative of its story, in place of its earlier version.

    Nothing is compared with a copy that is a part of another representative's text, as long as that
    one is there: a text similar to the part is similar to the whole, but not the reverse.

    Args:
        links: the article compared with the story's representatives.
    """
    others = [_whole(each, new.uri) for each in story.representatives if each.uri != new.uri]
    if others and new.relation is Relation.WITHDRAWAL:
        story.representatives = others
        return
    stays = story.is_reference(new)
    parts = set()
    for link in links:
        other = link.representative
        if other.uri == new.uri:
            continue
        if other.exact == new.exact or link.features.containment >= _PART:
            if not story.is_reference(other) and other.words < new.words:
                parts.add(other.uri)
            elif not stays and new.part_of is None and other.words >= new.words:
                new = replace(new, part_of=other.uri)
    together = [replace(each, part_of=new.uri) if each.uri in parts else each for each in others]
    story.representatives = _fewer(story, [*together, new])


def _whole(other: Representative, uri: str) -> Representative:
    """Return the representative; it is not a part of an article whose text has changed."""
    return replace(other, part_of=None) if other.part_of == uri else other


def _fewer(story: StoryState, every: list[Representative]) -> list[Representative]:
    """Return the representatives that are kept: originals and takes, then the first copies, and the
    first parts of these."""
    uris = {each.uri for each in every}
    wholes = [each for each in every if each.part_of not in uris]
    while len(wholes) > REPRESENTATIVES:
        plain = [each for each in wholes if not story.is_reference(each)]
        wholes.remove(plain[-1] if plain else wholes[-2])
    kept = {each.uri for each in wholes}
    spares = [each for each in every if each.part_of in kept][:SPARES]
    chosen = kept | {each.uri for each in spares}
    return [each for each in every if each.uri in chosen]
