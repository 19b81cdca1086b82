"""Derives the arrays of several texts together, which `TextRecord` derives of one text on demand.

With a few hundred words, a call to numpy takes longer than its computation. So the texts of a batch
are concatenated, and each step is one call for all of them. The arrays are the same as those of
`service.fold.verify.text_record`, which is easier to read.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise

import numpy as np
import numpy.typing as npt

from service.fold.verify.text_record import (
    FACT,
    HAS_WEIGHT,
    HEAD,
    ID_SIZE,
    KIND_WEIGHTS,
    SHORTEST,
    ByWord,
    TextRecord,
    Units,
    sums,
)
from service.text.anchors import WINDOW, close_pairs, side_by_side
from service.text.hashing import Hashes, firsts, run_marks
from service.text.packed import CLASS_ANCHOR, CLASS_WEIGHT, ID_BITS

BATCH_TEXTS = 64
"""Most texts in a batch. The sort keys of `by_word` have room for 256."""

_SENTENCE_SIZE = np.uint64(16)
_POSITION_SIZE = np.uint64(20)
_POSITION_BITS = np.uint64((1 << 20) - 1)


def batched(texts: Iterable[TextRecord]) -> Iterator[list[TextRecord]]:
    """Yield texts in batches for `derive_hashes` and `derive_batch`."""
    remaining = iter(texts)
    while batch := list(islice(remaining, BATCH_TEXTS)):
        yield batch


def derive_hashes(texts: Sequence[TextRecord]) -> None:
    """Derive the 5-grams and the anchor pairs of texts, at most `BATCH_TEXTS`."""
    batch = _Batch(texts)
    fives = batch.distinct_ngrams(5, None)
    pairs = batch.distinct_pairs()
    for text, own_fives, own_pairs in zip(texts, fives, pairs, strict=True):
        vars(text).update(fives=own_fives, pairs=own_pairs)


def derive_batch(texts: Sequence[TextRecord]) -> None:
    """Derive what else an alignment needs of texts, at most `BATCH_TEXTS`."""
    batch = _Batch(texts)
    threes = batch.distinct_ngrams(3, None)
    key_threes = batch.distinct_ngrams(3, batch.anchors)
    units = batch.units()
    for text, *derived in zip(texts, threes, key_threes, units, batch.by_word(units), strict=True):
        vars(text).update(zip(("threes", "key_threes", "units", "by_word"), derived, strict=True))


class _Batch:
    """Concatenated texts.

    Attributes:
        ends: end of each text.
        owners: index of the text of each token.
    """

    def __init__(self, texts: Sequence[TextRecord]) -> None:
        self.texts = texts
        sizes = np.array([len(text) for text in texts], dtype=np.int64)
        self.ends = sizes.cumsum()
        self.owners = np.arange(len(texts)).repeat(sizes)
        self.ids = np.concatenate([text.ids for text in texts])
        self.classes = np.concatenate([text.classes for text in texts])
        self.anchors = CLASS_ANCHOR.take(self.classes)
        # Number of tokens from each token to the end of its text, itself included.
        self._remaining = self.ends.take(self.owners) - np.arange(len(self.ids))

    def distinct_ngrams(self, length: int, among: npt.NDArray[np.bool_] | None) -> list[Hashes]:
        """Return the distinct hashes of each text's n-grams, ascending.

        Args:
            length: tokens of an n-gram.
            among: tokens of which an n-gram must have one; None for any.
        """
        hashes = run_marks(self.ids, length)
        count = len(hashes)
        chosen = self._remaining[:count] >= length
        if among is not None:
            chosen &= np.logical_or.reduce([among[n : n + count] for n in range(length)])
        return _distinct_each(hashes.compress(chosen), self._stops(chosen))

    def distinct_pairs(self) -> list[Hashes]:
        """Return the distinct hashes of each text's anchor pairs, ascending."""
        positions = self.anchors.nonzero()[0]
        owners = self.owners.take(positions)
        first, second = close_pairs(positions + owners * WINDOW)
        ids = self.ids.take(positions)
        left, right = ids.take(first), ids.take(second)
        different = left != right
        hashes = side_by_side(left.compress(different), right.compress(different))
        pair_owners = owners.take(first.compress(different))
        stops = pair_owners.searchsorted(np.arange(len(self.texts)), "right")
        return _distinct_each(hashes, stops.tolist())

    def units(self) -> list[Units]:
        """Return the units of each text."""
        counts = [text.sentence_count for text in self.texts]
        starts = np.array([0, *counts], dtype=np.int64).cumsum()
        sentences = np.concatenate([text.sentences for text in self.texts])
        sentences += starts.take(self.owners)
        positions = HAS_WEIGHT.take(self.classes).nonzero()[0]
        cells = sentences.take(positions).view(np.uint64) << ID_SIZE | self.ids.take(positions)
        cells = cells << _POSITION_SIZE | positions.view(np.uint64)
        cells.sort()
        cells = cells.compress(firsts(cells >> _POSITION_SIZE))
        chosen = self.classes.take((cells & _POSITION_BITS).view(np.int64))
        cells >>= _POSITION_SIZE
        weights, anchors = CLASS_WEIGHT.take(chosen), CLASS_ANCHOR.take(chosen)
        sentences, ids = (cells >> ID_SIZE).view(np.int64), cells & ID_BITS
        totals = sums(sentences, weights, int(starts[-1]))
        anchor_totals = sums(sentences, weights * anchors, int(starts[-1]))
        heavy, facts = totals >= SHORTEST, FACT.take(chosen)
        stops = sentences.searchsorted(starts)
        for begin, end in pairwise(starts.tolist()):
            if not heavy[begin:end].any():
                heavy[begin:end] = totals[begin:end] > 0
        counted = heavy.take(sentences)
        classes = KIND_WEIGHTS.take(chosen, axis=1) * counted
        units = []
        edges = zip(pairwise(starts.tolist()), pairwise(stops.tolist()), strict=True)
        for (begin, end), (first, stop) in edges:
            own, of_sentences = slice(first, stop), slice(begin, end)
            own_classes, own_counted = classes[:, own].copy(), counted[own]
            units.append(
                Units(
                    ids=ids[own].copy(),
                    weights=weights[own].copy(),
                    sentences=sentences[own] - begin,
                    anchors=anchors[own].copy(),
                    facts=facts[own].copy(),
                    heavy=heavy[of_sentences].copy(),
                    totals=totals[of_sentences].copy(),
                    anchor_totals=anchor_totals[of_sentences].copy(),
                    classes=own_classes,
                    class_totals=np.add.reduce(own_classes, axis=1),
                    head=weights[own] * (own_counted & (own_counted.cumsum() <= HEAD)),
                )
            )
        return units

    def by_word(self, units: Sequence[Units]) -> list[ByWord]:
        """Return the units of each text by word."""
        sizes = np.array([0, *(len(each.ids) for each in units)], dtype=np.int64)
        starts = sizes.cumsum()
        ids = np.concatenate([each.ids for each in units])
        sentences = np.concatenate([each.sentences for each in units]).view(np.uint64)
        owners = np.arange(len(units), dtype=np.uint64).repeat(sizes[1:])
        cells = (owners << ID_SIZE | ids) << _SENTENCE_SIZE | sentences
        cells = cells << _POSITION_SIZE | np.arange(len(ids), dtype=np.uint64)
        cells.sort()
        words, order = cells >> _POSITION_SIZE, (cells & _POSITION_BITS).view(np.int64)
        in_next = np.zeros(len(words), dtype=bool)
        in_next[order[:-1].compress(words[1:] - words[:-1] == 1)] = True
        words >>= _SENTENCE_SIZE
        words &= ID_BITS
        return [
            ByWord(words[begin:end].copy(), order[begin:end] - begin, in_next[begin:end].copy())
            for begin, end in pairwise(starts.tolist())
        ]

    def _stops(self, chosen: npt.NDArray[np.bool_]) -> list[int]:
        """Return the end of each text's elements among those chosen of all texts."""
        up_to = np.zeros(len(chosen) + 1, dtype=np.int64)
        chosen.cumsum(out=up_to[1:])
        stops: list[int] = up_to.take(np.minimum(self.ends, len(chosen))).tolist()
        return stops


def _distinct_each(hashes: Hashes, stops: Sequence[int]) -> list[Hashes]:
    """Return the distinct hashes of each text, ascending; sorts `hashes` in place.

    Args:
        stops: end of each text's hashes.
    """
    begin, distinct = 0, []
    for stop in stops:
        own = hashes[begin:stop]
        own.sort()
        distinct.append(own.compress(firsts(own)))
        begin = stop
    return distinct
