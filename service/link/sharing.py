"""Which stories share keys with a new one, and how rare these keys are.

In a large window two texts about nothing in common share two keys by chance: a key that twenty of
200,000 stories have is one in ten thousand, and a text has some eighty keys, so three thousand
pairs of them. So it counts how rare what is shared is, not only how much it is. A key is rare if
few strangers have it: stories that share nothing else with the new one. Thirty translations of one
text, which share many keys with each other, make none of them frequent.

All stories of a plan are looked up together: NumPy's calls, of some dozens a look-up, take longer
than what they do for one.
"""

from collections.abc import Sequence
from math import log2
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from service.link.key_index import KeyIndex
from service.link.plan import Plan
from service.link.segment import Found, Positions, prints
from service.text.hashing import Hashes, firsts

STOP_KEY_POSTINGS = 150
"""Keys that more stories have are ignored (stop keys)."""

LEAST_RARITY = 10.0
"""Rarity of what a candidate shares: the sum over its keys of log2(150 / strangers with the key).
Where a window of 100,000 made stories has 17 candidates by chance for each story, one is left. On
the training half of the data, 10 of 1,202 links between translations are lost."""

_UNITS = 1024
"""Rarities are counted in whole parts of one, whose sums are the same in any order."""

_RARITY = np.array(
    [round(_UNITS * log2(STOP_KEY_POSTINGS / max(n, 1))) for n in range(STOP_KEY_POSTINGS + 1)]
)
_LEAST_RARITY = round(LEAST_RARITY * _UNITS)

_NEVER = 1 << 32
_DIGIT, _DIGIT_BITS = 0xFFFF, 16
_NO_KEYS: Hashes = np.empty(0, dtype=np.uint64)


class Sharing(NamedTuple):
    """A story that shares keys with the one looked for.

    Attributes:
        number: of the story.
        keys: how many it shares.
    """

    number: int
    keys: int


def sharing(index: KeyIndex, plan: Plan, least: int) -> list[list[Sharing]]:
    """Return for each story that is looked for those that share enough keys, and rare ones, in any
    order.

    Args:
        index: as it is before the plan.
        least: number of keys.
    """
    keys = [query.story.keys for query in plan.queries]
    found: list[list[Sharing]] = [[] for _ in keys]
    query = np.arange(len(keys)).repeat([len(own) for own in keys])
    every = prints(np.concatenate([_NO_KEYS, *keys]))
    order = every.argsort(kind="stable")
    ordered = every.take(order)
    is_first = firsts(ordered)
    begins = is_first.nonzero()[0]
    counts = np.diff(begins, append=len(ordered))
    leaving = sum(step.keys is None for step in plan.steps)
    known, usable = index.look_up(ordered.take(begins), STOP_KEY_POSTINGS + leaving)
    # What a key has, each of the stories that have the key shares.
    repeats = counts.take(known.position)
    whose = np.arange(len(repeats)).repeat(repeats)
    nth = np.arange(len(whose)) - (repeats.cumsum() - repeats).take(whose)
    position = order.take(begins.take(known.position).take(whose) + nth)
    number = known.number.take(whose)
    among = _among_themselves(plan, order, query, is_first)
    position = np.concatenate([position, among.position])
    number = np.concatenate([number, among.number])
    there = _are_there(plan, query.take(position), number)
    if there is not None:
        position, number = position.compress(there), number.compress(there)
    of_all = np.empty(len(every), dtype=bool)
    of_all[order] = usable.repeat(counts)
    of_all &= np.bincount(position, minlength=len(every)) <= STOP_KEY_POSTINGS
    if not of_all.all():
        kept = of_all.take(position)
        position, number = position.compress(kept), number.compress(kept)
    for of, each in _rare(position, number, query.take(position), least):
        found[of].append(each)
    return found


def _among_themselves(
    plan: Plan, order: Positions, query: Positions, is_first: npt.NDArray[np.bool_]
) -> Found:
    """What the stories looked for share with those of them that are added before.

    Args:
        order: of all keys by print, and in it by query.
        query: of each key.
        is_first: of the keys in this order, whether the one before has another print.
    """
    numbers = {id(story): number for number, story in plan.added.items()}
    own = np.array([numbers.get(id(each.story), -1) for each in plan.queries], dtype=np.int64)
    place = np.arange(len(order))
    begin = np.maximum.accumulate(np.where(is_first, place, 0))
    before = place - begin
    whose = place.repeat(before)
    nth = np.arange(len(whose)) - (before.cumsum() - before).take(whose)
    number = own.take(query.take(order.take(begin.take(whose) + nth)))
    added = (number >= 0).nonzero()[0]
    return Found(order.take(whose.take(added)), number.take(added))


def _are_there(plan: Plan, query: Positions, number: Positions) -> npt.NDArray[np.bool_] | None:
    """Whether each story is in the window when another is looked for; None if all are."""
    if not plan.steps:
        return None
    entered = {step.number: place for place, step in enumerate(plan.steps) if step.keys is not None}
    left = {step.number: place for place, step in enumerate(plan.steps) if step.keys is None}
    changed = np.array(sorted({*entered, *left}), dtype=np.int64)
    since = np.array([entered.get(each, -1) for each in changed.tolist()])
    until = np.array([left.get(each, _NEVER) for each in changed.tolist()])
    there = np.ones(len(number), dtype=bool)
    if not len(number):
        return there
    base, end = int(number.min()), int(number.max()) + 1
    is_changed = np.zeros(end - base, dtype=bool)
    is_changed[changed[(changed >= base) & (changed < end)] - base] = True
    some = is_changed.take(number - base).nonzero()[0]
    place = changed.searchsorted(number.take(some))
    after = np.array([each.after for each in plan.queries]).take(query.take(some))
    there[some] = (since.take(place) < after) & (until.take(place) >= after)
    return there


def _rare(
    position: Positions, number: Positions, query: Positions, least: int
) -> Sequence[tuple[int, Sharing]]:
    """The stories that share enough with each of those looked for.

    Args:
        position: of keys, among those of all that are looked for.
        number: number[i] has the key at position[i].
        query: whose key it is.
    """
    if not len(number):
        return []
    base = int(number.min())
    width = (int(number.max()) - base + 1).bit_length()
    pair = query << width | number - base
    order = _order(pair, width + int(query.max()).bit_length())
    pair = pair.take(order)
    starts = firsts(pair).nonzero()[0]
    counts = np.diff(starts, append=len(pair))
    alone = order.take(starts.compress(counts == 1))
    strangers = np.bincount(position.take(alone), minlength=int(position.max()) + 1)
    enough = (counts >= least).nonzero()[0]
    if not len(enough):
        return []
    starts, counts = starts.take(enough), counts.take(enough)
    ends = counts.cumsum()
    places = np.arange(ends[-1]) + (starts - (ends - counts)).repeat(counts)
    rarity = _RARITY.take(strangers.take(position.take(order.take(places))))
    rare = (np.add.reduceat(rarity, ends - counts) >= _LEAST_RARITY).nonzero()[0]
    pairs = pair.take(starts.take(rare)).tolist()
    return [
        (each >> width, Sharing(base + (each & (1 << width) - 1), keys))
        for each, keys in zip(pairs, counts.take(rare).tolist(), strict=True)
    ]


def _order(values: Positions, bits: int) -> Positions:
    """The order of values of so many bits: by digits of 16, which NumPy sorts by counting, in a
    quarter of the time of other sorts."""
    order = (values & _DIGIT).astype(np.uint16).argsort(kind="stable")
    for shift in range(_DIGIT_BITS, bits, _DIGIT_BITS):
        digit = (values >> shift & _DIGIT).astype(np.uint16).take(order)
        order = order.take(digit.argsort(kind="stable"))
    return order
