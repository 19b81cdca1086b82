"""Several texts laid out together: what `TextRecord` derives of one text by and by.

On a few hundred words, a call of numpy takes longer than what it does. So the texts of a batch
stand one after the other, and each step is taken once for all. What is derived is the same; how it
is derived can be read in `service.story.record`.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise

import numpy as np
import numpy.typing as npt

from service.story.anchors import WINDOW, close_pairs, side_by_side
from service.story.hashing import Hashes, firsts, run_marks
from service.story.packed import CLASS_ANCHOR, CLASS_WEIGHT
from service.story.record import (
    FACT,
    HEAD,
    ID_BITS,
    ID_SIZE,
    KIND_WEIGHTS,
    SHORTEST,
    WEIGHTY,
    ByWord,
    TextRecord,
    Units,
    sums,
)

AT_ONCE = 64
"""Texts that are laid out together, at most; there is room for the marks of 256."""

_SENTENCE_SIZE = np.uint64(16)
_PLACE_SIZE = np.uint64(20)
_PLACE_BITS = np.uint64((1 << 20) - 1)

Places = npt.NDArray[np.int64]


def batched(texts: Iterable[TextRecord]) -> Iterator[list[TextRecord]]:
    """Texts in batches that can be laid out together."""
    left = iter(texts)
    while batch := list(islice(left, AT_ONCE)):
        yield batch


def lay_out_marks(texts: Sequence[TextRecord]) -> None:
    """Derive the 5-grams and the anchor pairs of texts."""
    row = _Row(texts)
    fives = row.distinct_runs(5, None)
    pairs = row.distinct_pairs()
    for text, own_fives, own_pairs in zip(texts, fives, pairs, strict=True):
        vars(text).update(fives=own_fives, pairs=own_pairs)


def lay_out(texts: Sequence[TextRecord]) -> None:
    """Derive what a comparison asks of texts beside their marks."""
    row = _Row(texts)
    threes = row.distinct_runs(3, None)
    key_threes = row.distinct_runs(3, row.anchors)
    units = row.units()
    for text, *derived in zip(texts, threes, key_threes, units, row.by_word(units), strict=True):
        vars(text).update(zip(("threes", "key_threes", "units", "by_word"), derived, strict=True))


class _Row:
    """Texts one after the other."""

    def __init__(self, texts: Sequence[TextRecord]) -> None:
        self.texts = texts
        sizes = np.array([len(text) for text in texts], dtype=np.int64)
        self.ends = sizes.cumsum()
        self.owners = np.arange(len(texts)).repeat(sizes)
        self.ids = np.concatenate([text.ids for text in texts])
        self.classes = np.concatenate([text.classes for text in texts])
        self.anchors = CLASS_ANCHOR.take(self.classes)
        # Of each token, how many its text has from here on.
        self._left = self.ends.take(self.owners) - np.arange(len(self.ids))

    def distinct_runs(self, length: int, held: npt.NDArray[np.bool_] | None) -> list[Hashes]:
        """Distinct marks of runs, of each text; where `held` is given, of those with such a
        token."""
        marks = run_marks(self.ids, length)
        count = len(marks)
        chosen = self._left[:count] >= length
        if held is not None:
            chosen &= np.logical_or.reduce([held[n : n + count] for n in range(length)])
        return _distinct_each(marks.compress(chosen), self._stops(chosen))

    def distinct_pairs(self) -> list[Hashes]:
        """Distinct marks of anchor pairs, of each text."""
        places = self.anchors.nonzero()[0]
        owners = self.owners.take(places)
        first, second = close_pairs(places + owners * WINDOW)
        ids = self.ids.take(places)
        left, right = ids.take(first), ids.take(second)
        different = left != right
        marks = side_by_side(left.compress(different), right.compress(different))
        holders = owners.take(first.compress(different))
        stops = holders.searchsorted(np.arange(len(self.texts)), "right")
        return _distinct_each(marks, stops.tolist())

    def units(self) -> list[Units]:
        """The units of each text."""
        counts = [text.sentence_count for text in self.texts]
        starts = np.array([0, *counts], dtype=np.int64).cumsum()
        sentences = np.concatenate([text.sentences for text in self.texts])
        sentences += starts.take(self.owners)
        places = WEIGHTY.take(self.classes).nonzero()[0]
        cells = sentences.take(places).view(np.uint64) << ID_SIZE | self.ids.take(places)
        cells = cells << _PLACE_SIZE | places.view(np.uint64)
        cells.sort()
        cells = cells.compress(firsts(cells >> _PLACE_SIZE))
        chosen = self.classes.take((cells & _PLACE_BITS).view(np.int64))
        cells >>= _PLACE_SIZE
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
            part, own_counted = classes[:, own].copy(), counted[own]
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
                    classes=part,
                    class_totals=np.add.reduce(part, axis=1),
                    head=weights[own] * (own_counted & (own_counted.cumsum() <= HEAD)),
                )
            )
        return units

    def by_word(self, units: Sequence[Units]) -> list[ByWord]:
        """The units of each text by word."""
        sizes = np.array([0, *(len(each.ids) for each in units)], dtype=np.int64)
        starts = sizes.cumsum()
        ids = np.concatenate([each.ids for each in units])
        sentences = np.concatenate([each.sentences for each in units]).view(np.uint64)
        owners = np.arange(len(units), dtype=np.uint64).repeat(sizes[1:])
        cells = (owners << ID_SIZE | ids) << _SENTENCE_SIZE | sentences
        cells = cells << _PLACE_SIZE | np.arange(len(ids), dtype=np.uint64)
        cells.sort()
        words, order = cells >> _PLACE_SIZE, (cells & _PLACE_BITS).view(np.int64)
        go_on = np.zeros(len(words), dtype=bool)
        go_on[order[:-1].compress(words[1:] - words[:-1] == 1)] = True
        words >>= _SENTENCE_SIZE
        words &= ID_BITS
        return [
            ByWord(words[begin:end].copy(), order[begin:end] - begin, go_on[begin:end].copy())
            for begin, end in pairwise(starts.tolist())
        ]

    def _stops(self, chosen: npt.NDArray[np.bool_]) -> list[int]:
        """Where the chosen of each text end, among all that are chosen."""
        upto = np.zeros(len(chosen) + 1, dtype=np.int64)
        chosen.cumsum(out=upto[1:])
        stops: list[int] = upto.take(np.minimum(self.ends, len(chosen))).tolist()
        return stops


def _distinct_each(marks: Hashes, stops: Sequence[int]) -> list[Hashes]:
    """Of the marks of each text, each once, ascending; the marks are sorted in place."""
    begin, distinct = 0, []
    for stop in stops:
        own = marks[begin:stop]
        own.sort()
        distinct.append(own.compress(firsts(own)))
        begin = stop
    return distinct
