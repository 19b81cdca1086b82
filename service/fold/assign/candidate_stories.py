"""From an article's keys to the stories that it may belong to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from service.fold.candidates.candidate import Candidates, Numbers
from service.fold.candidates.index import LEAST_PAIRS
from service.fold.state.window import Window
from service.text.hashing import Hashes

STORIES = 8
"""Most stories that an article is compared with: those that share most keys."""

STORIES_OF_A_NOTICE = 32
"""The same of a notice of withdrawal, which is rare, short, and shares few keys."""

_NAMED = 1_000_000
"""Added to the number of keys in common, which is far lower, for stories that a notice names."""


class RankedStory(NamedTuple):
    """A candidate story. In ascending order, those that share most come first.

    Attributes:
        rank: the negative number of keys in common.
        id_rank: rank of the story's id.
        number: one of its articles that shares keys.
    """

    rank: int
    id_rank: int
    slot: int
    number: int


@dataclass(frozen=True, slots=True)
class CandidateStories:
    """The result of a look-up.

    Attributes:
        ranked: stories, the first shares most keys.
        shared: what each candidate article shares.
        single_texts: of stories for which the article would be compared with one text only, this
            text's article number by slot. Texts in memory and stories that a notice names are left
            out.
    """

    ranked: list[RankedStory]
    shared: Candidates
    single_texts: dict[int, int]


def look_up(
    window: Window, keys: Hashes, most: int, headlines: Hashes | None = None
) -> CandidateStories:
    """Return the stories whose articles share most keys.

    Args:
        most: stories at most.
        headlines: keys, which are among `keys`, of the headlines that a notice names. Articles with
            one of these headlines are candidates too, and one rare pair in common is enough, since
            notices are short.
    """
    found = window.index.find(keys, LEAST_PAIRS if headlines is None else 1)
    named = None if headlines is None else _with_headline(window, headlines)
    ranked = _rank(window, found, named, most)
    single = {
        each.slot: number
        for each in ranked
        if each.rank > -_NAMED and (number := _single_text(window, each)) is not None
    }
    return CandidateStories(ranked, found, single)


def look_ahead(window: Window, queries: Sequence[Hashes], most: int) -> list[list[int]]:
    """Look up the keys of several articles together, before `look_up` is called for each.

    Returns:
        For each of them, the article numbers of the texts that it will probably be compared with.
    """
    window.index.prefetch(queries)
    ranked = [_rank(window, window.index.find(keys), None, most) for keys in queries]
    return [_compared_texts(window, each) for each in ranked]


def _rank(window: Window, found: Candidates, named: Numbers | None, most: int) -> list[RankedStory]:
    slots = window.articles.slots(found.numbers)
    id_ranks = window.stories.ranks(slots)
    rank = -found.rare_pairs - found.shingles
    if named is not None:
        rank -= _NAMED * np.isin(found.numbers, named)
    order = np.lexsort((slots, id_ranks, rank))
    first = np.unique(slots.take(order), return_index=True)[1]
    first.sort()
    best = order.take(first[:most])
    columns = (rank, id_ranks, slots, found.numbers)
    return list(map(RankedStory, *(column.take(best).tolist() for column in columns)))


def _single_text(window: Window, ranked: RankedStory) -> int | None:
    """Return the one text that the article is compared with for a story; None if there are more, or
    the text is in memory."""
    number = ranked.number if window.stories.size(ranked.slot) == 1 else None
    if (story := window.story_cache.in_memory(ranked.slot)) is not None:
        compared = story.compared_representatives()
        number = compared[0].number if len(compared) == 1 else None
    return None if number is None or number in window.texts else number


def _compared_texts(window: Window, ranked: Iterable[RankedStory]) -> list[int]:
    """Return article numbers of the texts of these stories that are not in memory."""
    numbers: list[int] = []
    for each in ranked:
        if (story := window.story_cache.in_memory(each.slot)) is not None:
            compared = (
                representative.number for representative in story.compared_representatives()
            )
            numbers += [number for number in compared if number not in window.texts]
        elif window.stories.size(each.slot) == 1:
            numbers.append(each.number)
    return numbers


def _with_headline(window: Window, headlines: Hashes) -> Numbers:
    """Return the numbers of the articles that have one of these headlines."""
    keys = headlines | np.uint64(1)  # as `keys_of` makes them
    return window.index.find(keys).numbers
