"""Chooses the representatives of a story: the articles that new ones are compared with."""

from collections.abc import Sequence
from dataclasses import replace

from service.contract.story import Relation
from service.fold.assign.roundup import PART
from service.fold.assign.scoring import Link
from service.fold.state.story import Representative, StoryState

REPRESENTATIVES = 8
_ROOMY = 0.8
"""A part with at most this share of the words of the whole leaves room for another."""

SPARES = 2
"""Parts of other representatives that are kept, for use when those change or leave."""


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
        if other.exact == new.exact or link.features.containment >= PART:
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
    first parts of these; and a part that leaves room for another, which tells whether the whole is
    a roundup."""
    uris = {each.uri for each in every}
    wholes = [each for each in every if each.part_of not in uris]
    while len(wholes) > REPRESENTATIVES:
        plain = [each for each in wholes if not story.is_reference(each)]
        wholes.remove(plain[-1] if plain else wholes[-2])
    kept = {each.uri: each for each in wholes}
    parts = [each for each in every if each.part_of in kept]
    short = [each for each in parts if each.words <= _ROOMY * kept[each.part_of or ""].words]
    spares = parts[:SPARES]
    if short and not any(each in short for each in spares):
        spares.append(short[0])
    chosen = {*kept, *(each.uri for each in spares)}
    return [each for each in every if each.uri in chosen]
