"""The prefilter: finds out which stored texts are near an article, without comparing them in full.

Most texts that share a few keys with an article are about the same topic and no copies. They are
recognised from their verification records as stored, many at once and for several articles at once,
without deriving arrays of each. The result is exact: it is that of `is_near` in
`service.fold.verify.features` for the full comparison.
"""

from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from service.fold.verify.features import (
    NEAR_ANCHORS,
    NEAR_CONTAINMENT,
    shares_are_conclusive,
    shares_are_near,
)
from service.fold.verify.text_record import TextRecord
from service.text.anchors import WINDOW, anchor_pair_marks, close_pairs, side_by_side
from service.text.hashing import Hashes, distinct, firsts, next_mark, run_marks
from service.text.packed import PackedTokens, Words, are_anchors, ids_of, read_tokens

MOST_QUERIES = 1 << 10
"""Most texts that one prefilter compares."""

_TABLE = 1 << 16
_TABLES = np.arange(MOST_QUERIES, dtype=np.int64) * _TABLE
_IN_TEXT = np.uint8(1)
_ANCHOR = np.uint8(2)
_BELOW_TOP = np.uint64(4)
_ID_SIZE = np.uint64(20)
_POSITION_SIZE = np.uint64(28)
_POSITION_BITS = np.uint64((1 << 28) - 1)
_TEXT_SHIFT = np.uint64(48)
_FIVE = 5
_STEPS = np.arange(_FIVE)
_INDEX_SIZE = 24
_NONE = np.empty(0, dtype=np.int64)

Counts = npt.NDArray[np.int64]


class Prefilter:
    """Compares query texts with candidate texts."""

    def __init__(self, texts: Sequence[TextRecord]) -> None:
        """Index the query texts.

        Args:
            texts: at most `MOST_QUERIES`.
        """
        self._texts = texts
        # Which tokens each query has, by the upper bits of their ids: one look-up discards nearly
        # all tokens that a candidate does not share.
        sizes = [len(text) for text in texts]
        tops = (np.concatenate([text.ids for text in texts]) >> _BELOW_TOP).view(np.int64)
        tops += _TABLES[: len(texts)].repeat(sizes)
        self._has = np.zeros(_TABLE * len(texts), dtype=np.uint8)
        self._has[tops] = _IN_TEXT
        self._has[tops.compress(self._anchors)] = _IN_TEXT | _ANCHOR

    @cached_property
    def _anchors(self) -> npt.NDArray[np.bool_]:
        return np.concatenate([text.anchors for text in self._texts])

    @cached_property
    def _fewest_pairs(self) -> Counts:
        """Lower bound of the number of anchor pairs of each query, which is cheap to compute."""
        positions = self._anchors.nonzero()[0]
        ends = np.array([len(text) for text in self._texts], dtype=np.int64).cumsum()
        owners = ends.searchsorted(positions, "right")
        ids = np.concatenate([text.ids for text in self._texts]).take(positions)
        return _fewest_pairs(ids, owners, positions + owners * WINDOW, len(self._texts))

    def near(self, queries: Sequence[int], records: Sequence[bytes]) -> list[bool]:
        """Return which candidates are near their query.

        Args:
            queries: index of the query text of each candidate, ascending.
            records: of the candidates, without base64.

        Raises:
            ValueError: a record is invalid.
        """
        if not records:
            return []
        tokens, query_of = read_tokens(records), np.array(queries, dtype=np.int64)
        has = self._has.take(tokens.tops + _TABLES.take(query_of).repeat(tokens.sizes))
        fives = self._common_fives(tokens, query_of, has & _IN_TEXT).tolist()
        near = [
            fives > 0 and self._fives_are_enough(self._texts[query], fives, words)
            for query, fives, words in zip(queries, fives, tokens.sizes, strict=True)
        ]
        for n, is_near in enumerate(near):
            if is_near:
                has[tokens.begin(n) : tokens.begin(n) + tokens.sizes[n]] = 0
        pairs = self._common_pairs(tokens, query_of, has & _ANCHOR).tolist()
        for n, common in enumerate(zip(fives, pairs, strict=True)):
            if not near[n] and any(common):
                near[n] = _is_near(self._texts[queries[n]], tokens.of(n), *common)
        return near

    def _fives_are_enough(self, text: TextRecord, fives: int, words: int) -> bool:
        """Return True if a candidate is near by its common 5-grams alone, even if all of its own
        5-grams are distinct.

        Args:
            fives: number of common 5-grams.
            words: number of the candidate's words.
        """
        containment = fives / min(words - _FIVE + 1, len(text.fives))
        return shares_are_near(min(words, len(text)), containment, 0.0)

    def _common_fives(
        self, tokens: PackedTokens, query_of: Counts, has: npt.NDArray[np.uint8]
    ) -> Counts:
        """Return how many distinct 5-grams each candidate shares with its query.

        Args:
            has: 1 for tokens that the query probably has.
        """
        twos = has[:-1] & has[1:]
        begins = (twos[:-3] & twos[2:-1] & has[4:]).view(bool).nonzero()[0]
        if not len(begins):
            return np.zeros(len(tokens.ends), dtype=np.int64)
        records = tokens.ends.searchsorted(begins, "right")
        whole = begins + _FIVE <= tokens.ends[records]
        begins, records = begins.compress(whole), records.compress(whole)
        ids = ids_of(tokens.words[begins + _STEPS[:, None]])
        hashes = ids[0]
        for following in ids[1:]:
            hashes = next_mark(hashes, following)
        return self._count_common(records, hashes, query_of, _fives)

    def _common_pairs(
        self, tokens: PackedTokens, query_of: Counts, has: npt.NDArray[np.uint8]
    ) -> Counts:
        """Return how many distinct anchor pairs each candidate shares with its query; 0 if they are
        too few to make it near.

        Args:
            has: not 0 for tokens that the query probably has as anchors.
        """
        count = len(tokens.ends)
        positions = has.view(bool).nonzero()[0]
        ids, records, spread = _spread(tokens, positions[are_anchors(tokens.words[positions])])
        first, second = close_pairs(spread)
        owners = records[first]
        if not len(owners):
            return np.zeros(count, dtype=np.int64)
        # A common pair is a close pair of anchors that the query has. Counting these gives an upper
        # bound of the common pairs, which for most candidates is too low already.
        most = np.bincount(owners, minlength=count)
        theirs = _fewest_pairs(*_spread(tokens, are_anchors(tokens.words).nonzero()[0]), count)
        own = self._fewest_pairs.take(query_of)
        enough = (most >= NEAR_ANCHORS * np.minimum(theirs, own)) & (most > 0)
        if not enough.any():
            return np.zeros(count, dtype=np.int64)
        chosen = enough[owners]
        hashes = side_by_side(ids[first[chosen]], ids[second[chosen]])
        return self._count_common(owners[chosen], hashes, query_of, _pairs)

    def _count_common(
        self,
        records: Counts,
        hashes: Hashes,
        query_of: Counts,
        hashes_of: Callable[[TextRecord], Hashes],
    ) -> Counts:
        """Return how many distinct hashes each candidate has in common with its query.

        Args:
            records: candidate of each hash, ascending.
            query_of: query of each candidate, ascending.
            hashes_of: returns the hashes of a query, ascending.
        """
        stops = records.searchsorted(query_of.searchsorted(np.arange(len(self._texts)), "right"))
        # A cell is a candidate and the index of a common hash among those of its query.
        cells, begin = [_NONE], 0
        for text, stop in zip(self._texts, stops.tolist(), strict=True):
            if begin < stop and len(own := hashes_of(text)):
                wanted = hashes[begin:stop]
                indices = own.searchsorted(wanted)
                is_common = own.take(indices, mode="clip") == wanted
                indices += records[begin:stop] << _INDEX_SIZE
                cells.append(indices.compress(is_common))
            begin = stop
        once = distinct(np.concatenate(cells).view(np.uint64)).view(np.int64)
        return np.bincount(once >> _INDEX_SIZE, minlength=len(query_of))


def _fives(text: TextRecord) -> Hashes:
    return text.fives


def _pairs(text: TextRecord) -> Hashes:
    return text.pairs


def _is_near(query: TextRecord, candidate: Words, fives: int, pairs: int) -> bool:
    """Return True if a candidate is near.

    Args:
        fives, pairs: numbers of common 5-grams and anchor pairs.
    """
    ids, words = ids_of(candidate), min(len(candidate), len(query))
    containment = 0.0
    if fives:
        own = len(distinct(run_marks(ids, _FIVE)))
        containment = fives / min(own, len(query.fives))
    if (
        not pairs
        or not shares_are_conclusive(words, containment)
        or containment >= NEAR_CONTAINMENT
    ):
        return shares_are_near(words, containment, 0.0)
    own = len(anchor_pair_marks(ids, are_anchors(candidate)))
    return shares_are_near(words, containment, pairs / min(own, len(query.pairs)))


def _spread(tokens: PackedTokens, anchors: Counts) -> tuple[Hashes, Counts, Counts]:
    """Return ids, candidates and positions of anchors, with texts so far apart that no close pair
    spans two of them.

    Args:
        anchors: indices of anchors in `tokens`.
    """
    records = tokens.ends.searchsorted(anchors, "right")
    return ids_of(tokens.words[anchors]), records, anchors + records * WINDOW


def _fewest_pairs(ids: Hashes, texts: Counts, positions: Counts, count: int) -> Counts:
    """Return a lower bound of the number of distinct anchor pairs of each of `count` texts.

    It is the number of close pairs among the first occurrences of each anchor: no two of these are
    the same pair, and there are far fewer occurrences to look at.
    """
    cells = (texts.view(np.uint64) << _ID_SIZE | ids) << _POSITION_SIZE | positions.view(np.uint64)
    cells.sort()
    cells = cells.compress(firsts(cells >> _POSITION_SIZE))
    order = (cells & _POSITION_BITS).view(np.int64)
    owners = (cells >> _TEXT_SHIFT).view(np.int64)
    order.sort()
    reached = order.searchsorted(order + WINDOW, "right") - np.arange(1, len(order) + 1)
    # Positions ascend with texts, so that sorting by position does not change `owners`.
    return np.bincount(owners, reached, count).astype(np.int64)
