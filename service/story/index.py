"""Candidate keys to the recent articles that bear them, at about 8 bytes a key.

New articles go into a small open table; full tables are sealed into sorted runs, and sealed runs of
like size are merged (a log-structured merge tree, O'Neil and others 1996). Nothing is removed
singly: an article that has left is passed over, and a run goes when all of its articles have left.
So what is found depends on the articles that count, and not on how they came to be there.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from service.events.signature import Signature
from service.story.hashing import Hashes, firsts
from service.story.live import Live
from service.story.runs import RUN_ARTICLES, Run, fingerprints, look_up, merged

CROWDED = 150
"""Keys on more articles than this say nothing: they are passed over."""

_OPEN_ARTICLES = 1024
_RUN_ARTICLES = RUN_ARTICLES
_GROWTH = 2

LEAST_PAIRS = 2
"""Rare pairs that make a candidate, where no shingle is shared."""

_LEFT_AT_MOST = 4096
"""Articles that may leave before what was looked up ahead is given up."""

_SHINGLE = np.uint64(1)
_NUMBER_SIZE = 32
_NUMBER = (1 << _NUMBER_SIZE) - 1
_NO_KEYS = np.empty(0, dtype=np.uint64)


class Candidate(NamedTuple):
    """An article that shares keys with the one looked up."""

    number: int
    rare_pairs: int
    shingles: int


def keys_of(signature: Signature, alone: Hashes | None = None) -> Hashes:
    """The keys of a signature; the lowest bit tells a shingle's from a pair's.

    Args:
        alone: further keys of which, as of shingles, one in common is enough.
    """
    further = () if alone is None else alone.tolist()
    keys = np.array([*signature.rare_pairs, *signature.shingles, *further], dtype=np.uint64)
    keys |= _SHINGLE
    keys[: len(signature.rare_pairs)] ^= _SHINGLE
    return keys


class CandidateIndex:
    """Keys of recent articles, by arrival number (0 to 2**32 - 1, growing)."""

    def __init__(self) -> None:
        self._live = Live()
        # Most keys stand on one article: a list for each would keep the garbage collector busy.
        self._open: dict[int, int | list[int]] = {}
        self._open_keys: list[Hashes] = []
        self._open_numbers: list[int] = []
        self._runs: list[Run] = []
        self._ahead: dict[bytes, _Ahead] = {}
        self._left: set[int] = set()

    def add(self, number: int, keys: Hashes) -> None:
        """Enter an article's keys; numbers only grow."""
        if self._open_numbers and number - self._open_numbers[0] >= _RUN_ARTICLES:
            self._seal()
        self._live.set(number)
        listed = keys.tolist()
        # Most keys are new: they are entered in one step, and the others put right after it.
        borne = {key: self._open[key] for key in self._open.keys() & listed}
        new = dict.fromkeys(listed, number)
        self._open.update(new)
        for key, held in borne.items():
            bearers = held if isinstance(held, list) else [held]
            bearers.append(number)
            self._open[key] = bearers
        if len(new) < len(listed):
            self._enter_again(listed, number)
        self._open_keys.append(keys)
        self._open_numbers.append(number)
        if len(self._open_numbers) >= _OPEN_ARTICLES:
            self._seal()

    def load(self, entries: Iterable[tuple[int, Hashes]]) -> None:
        """Enter many articles at once: numbers and keys, ascending by number."""
        numbers: list[int] = []
        keys: list[Hashes] = []
        for number, own in entries:
            if numbers and (len(numbers) >= _LOADED or number - numbers[0] >= _RUN_ARTICLES):
                self._enter_run(_run_of(numbers, keys))
                numbers, keys = [], []
            self._live.set(number)
            numbers.append(number)
            keys.append(own)
        if numbers:
            self._enter_run(_run_of(numbers, keys))

    def take(self, run: Run, live: npt.NDArray[np.int64]) -> None:
        """Enter a sealed run as it is, after what there is; `live` are its articles that count,
        ascending."""
        self._live.set_all(live)
        self._ahead = {}
        self._runs.append(run)

    def discard(self, number: int) -> None:
        """Leave an article out from now on; what it takes up is freed when its run expires."""
        self._live.clear(number)
        if self._ahead:
            self._left.add(number)
            if len(self._left) > _LEFT_AT_MOST:
                self._ahead = {}

    def find(self, keys: Hashes, least_pairs: int = LEAST_PAIRS) -> list[Candidate]:
        """Articles that share `least_pairs` rare pairs or one shingle, ascending by number."""
        held = [
            (place, _listed(numbers))
            for place, numbers in enumerate(map(self._open.get, keys.tolist()))
            if numbers is not None
        ]
        ahead = self._ahead.get(keys.tobytes()) if least_pairs == LEAST_PAIRS else None
        newest = max((len(numbers) for _, numbers in held), default=0)
        if ahead is not None and ahead.bearers + newest <= CROWDED:
            # An article is sealed or open, never both, and those that are open came last.
            found = [each for each in ahead.found if each.number not in self._left]
            return found + self._find_open(keys, held, least_pairs)
        place, number = look_up(self._runs, fingerprints(keys))
        if held:
            counts = [len(numbers) for _, numbers in held]
            opened = np.fromiter(chain.from_iterable(numbers for _, numbers in held), np.int64)
            place = np.concatenate([place, np.repeat([place for place, _ in held], counts)])
            number = np.concatenate([number, opened])
        live = self._live.are(number)
        place, number = place.compress(live), number.compress(live)
        if len(place) > CROWDED and (bearers := np.bincount(place)).max() > CROWDED:
            usable = (bearers <= CROWDED)[place]
            place, number = place[usable], number[usable]
        return list(map(Candidate, *_counted(number, keys.take(place), least_pairs)))

    def look_ahead(self, asked: Sequence[Hashes]) -> None:
        """Look some keys up together in the sealed runs: as long as these stay, `find` has to look
        only among the newest articles."""
        self._ahead = {}
        self._left.clear()
        every = np.concatenate([_NO_KEYS, *asked])
        place, number = look_up(self._runs, fingerprints(every))
        live = self._live.are(number)
        place, number = place.compress(live), number.compress(live)
        # Beside each number stands who asks: counted so, the answers part by themselves.
        sizes = [len(keys) for keys in asked]
        asker = np.arange(len(asked)).repeat(sizes).take(place)
        numbers, pairs, shingles = _counted(
            asker << _NUMBER_SIZE | number, every.take(place), LEAST_PAIRS
        )
        found: list[list[Candidate]] = [[] for _ in asked]
        for each, *shared in zip(numbers, pairs, shingles, strict=True):
            found[each >> _NUMBER_SIZE].append(Candidate(each & _NUMBER, *shared))
        bearers, begin = np.bincount(place, minlength=len(every)), 0
        for keys, own in zip(asked, found, strict=True):
            most = int(bearers[begin : begin + len(keys)].max(initial=0))
            self._ahead[keys.tobytes()] = _Ahead(own, most)
            begin += len(keys)

    def _find_open(
        self, keys: Hashes, held: Sequence[tuple[int, Sequence[int]]], least_pairs: int
    ) -> list[Candidate]:
        """Candidates among the articles that are not sealed.

        Args:
            held: places of keys, and who bears them.
        """
        counts: dict[int, list[int]] = {}
        for place, numbers in held:
            shingle = int(keys[place]) & 1
            for number in numbers:
                counts.setdefault(number, [0, 0])[shingle] += 1
        return [
            Candidate(number, pairs, shingles)
            for number, (pairs, shingles) in sorted(counts.items())
            if (pairs >= least_pairs or shingles) and self._live.is_set(number)
        ]

    def expire(self, before: int) -> None:
        """Drop the runs of which all articles have numbers below this one."""
        self._runs = [run for run in self._runs if run.last >= before]

    @property
    def runs(self) -> Sequence[Run]:
        """The sealed runs, oldest first."""
        return tuple(self._runs)

    @property
    def nbytes(self) -> int:
        """Bytes held by the sealed runs."""
        return sum(run.nbytes for run in self._runs)

    @property
    def run_count(self) -> int:
        """Sealed runs."""
        return len(self._runs)

    def _enter_again(self, listed: Sequence[int], number: int) -> None:
        """Enter the keys that an article bears more than once as often as it does."""
        for key, times in Counter(listed).items():
            if times > 1:
                self._open[key] = [*_listed(self._open[key]), *[number] * (times - 1)]

    def _seal(self) -> None:
        keys, numbers = self._open_keys, self._open_numbers
        self._open_keys, self._open_numbers = [], []
        self._open.clear()
        if sum(map(len, keys)):
            self._enter_run(_run_of(numbers, keys))

    def _enter_run(self, run: Run) -> None:
        self._ahead = {}
        self._runs.append(run)
        while len(self._runs) > 1 and self._should_merge(*self._runs[-2:]):
            newer, older = self._runs.pop(), self._runs.pop()
            self._runs.append(merged(older, newer))

    @staticmethod
    def _should_merge(older: Run, newer: Run) -> bool:
        return (
            older.articles < _GROWTH * newer.articles and newer.last - older.first < _RUN_ARTICLES
        )


_LOADED = 8192
"""Articles that are loaded at once; their keys are held twice for a moment."""


def _run_of(numbers: Sequence[int], keys: Sequence[Hashes]) -> Run:
    counts = [len(own) for own in keys]
    each = np.repeat(np.array(numbers, dtype=np.uint64), counts)
    return Run.of(each, np.concatenate(keys))


def _counted(
    numbers: npt.NDArray[np.int64], keys: Hashes, least_pairs: int
) -> tuple[list[int], list[int], list[int]]:
    """The numbers that share enough, ascending, and how many rare pairs and shingles each shares;
    keys[i] is shared with numbers[i]."""
    if not len(numbers):
        return [], [], []
    # A number above what kind of key it shares: sorted, they can be counted.
    shared = numbers << 1 | (keys & _SHINGLE).view(np.int64)
    shared.sort()
    number = shared >> 1
    begins = firsts(number).nonzero()[0]
    both = np.empty_like(begins)
    np.subtract(begins[1:], begins[:-1], out=both[:-1])
    both[-1] = len(number) - begins[-1]
    shingles = np.add.reduceat(shared & 1, begins)
    pairs = both - shingles
    chosen = ((pairs >= least_pairs) | (shingles > 0)).nonzero()[0]
    return (
        number.take(begins.take(chosen)).tolist(),
        pairs.take(chosen).tolist(),
        shingles.take(chosen).tolist(),
    )


def _listed(numbers: int | list[int]) -> Sequence[int]:
    return (numbers,) if isinstance(numbers, int) else numbers


class _Ahead(NamedTuple):
    """What was looked up before it is asked for.

    Attributes:
        found: candidates in the sealed runs, ascending by number.
        bearers: of the key that stands on most of their articles, how many these were.
    """

    found: list[Candidate]
    bearers: int
