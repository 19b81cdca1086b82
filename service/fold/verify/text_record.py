"""The verification record: a text as packed tokens, small enough to be stored and sent with the
article, and the arrays that comparisons derive from it.

For how a token is packed see `service.text.packed`; several texts at once are derived by
`service.fold.verify.text_batch`.
"""

import binascii
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from service.text.anchors import anchor_pair_marks
from service.text.hashing import Hashes, distinct, firsts, next_mark, run_marks
from service.text.packed import (
    CLASS_ANCHOR,
    CLASS_NAME,
    CLASS_WEIGHT,
    ID_BITS,
    NUMBER_CLASS,
    classes_of,
    ids_of,
    read_words,
    sentence_lengths,
)

ID_SIZE = np.uint64(20)
_POSITION_SIZE = np.uint64(28)
_POSITION_BITS = np.uint64((1 << 28) - 1)
_SENTENCE_SIZE = np.uint64(16)
SHORTEST = 6.0
"""Sentences of less weight (about three plain words) are headings and bylines and not compared."""

HEAD = 60
"""Number of words with weight in the head of a text, which is about its first hundred words. The
background that a running story repeats comes further down."""

# By class of a token: True if it has weight; is a name that is an anchor; is a number; is either of
# these; and its weight as a plain word, a rare word, a name and a number.
HAS_WEIGHT = CLASS_WEIGHT > 0
_KEY_NAME = CLASS_NAME & CLASS_ANCHOR
_NUMBER = np.arange(16) == NUMBER_CLASS
FACT = _KEY_NAME | _NUMBER
KINDS, RARE, _NAME_KIND, _NUMBER_KIND = 4, 1, 2, 3
_KIND = np.where(_KEY_NAME, _NAME_KIND, np.where(_NUMBER, _NUMBER_KIND, CLASS_ANCHOR * RARE))
_DOUBLE_WEIGHT = CLASS_WEIGHT.astype(np.float64)
_CLASS_SIZE = np.uint64(4)
_CLASS_BITS = np.uint64(15)
KIND_WEIGHTS = CLASS_WEIGHT * np.stack([~CLASS_ANCHOR, CLASS_ANCHOR & ~FACT, _KEY_NAME, _NUMBER])


@dataclass(frozen=True, slots=True)
class Units:
    """The distinct words of each sentence, without the commonest, which have no weight; ordered by
    sentence, then by word. One of them is called a unit.

    Attributes:
        ids, weights, sentences: as in `TextRecord`.
        anchors: which are anchors.
        facts: which are names or numbers.
        heavy: which sentences have enough weight to be compared, or any weight if none has enough.
        totals, anchor_totals: weight of each sentence, and of its anchors.
        classes: (4, units), weights of plain words, rare words, names and numbers in heavy
            sentences; 0 for other units.
        class_totals: (4,), their sums.
        head: weights of the first `HEAD` units of heavy sentences; 0 for other units.
    """

    ids: Hashes
    weights: npt.NDArray[np.float32]
    sentences: npt.NDArray[np.int64]
    anchors: npt.NDArray[np.bool_]
    facts: npt.NDArray[np.bool_]
    heavy: npt.NDArray[np.bool_]
    totals: npt.NDArray[np.float64]
    anchor_totals: npt.NDArray[np.float64]
    classes: npt.NDArray[np.float32]
    class_totals: npt.NDArray[np.float32]
    head: npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class ByWord:
    """The units of a text, ordered by word, then by sentence.

    Attributes:
        ids: of the words, ascending.
        units: their indices in `Units`.
        in_next: in the order of `Units`, True if the next sentence has the word too.
    """

    ids: Hashes
    units: npt.NDArray[np.int64]
    in_next: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The different words of a text that have weight, ascending by id.

    Attributes:
        ids, weights: of the words, the weights in double precision.
        kinds: 0 a plain word, 1 a rare one, 2 a name that is an anchor, 3 a number; of a word that
            is a name here and plain there, the name.
        counts, totals: number and weight of the words of each kind.
        total, square: sum of the weights, and of their squares.
        number_positions: first position of each number by id, in the order of the text.
    """

    ids: Hashes
    weights: npt.NDArray[np.float64]
    kinds: npt.NDArray[np.int64]
    counts: tuple[int, ...]
    totals: tuple[float, ...]
    total: float
    square: float
    number_positions: dict[int, int]


@dataclass(frozen=True)
class TextRecord:
    """A text in the form in which it is compared. Arrays without another size have one element per
    token.

    Attributes:
        ids: 20-bit token hashes, as uint64.
        classes: of the tokens, see `service.text.packed`.
        sentences: sentence number of each token.
        sentence_count: number of sentences.
    """

    ids: Hashes
    classes: npt.NDArray[np.intp]
    sentences: npt.NDArray[np.int64]
    sentence_count: int

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def weights(self) -> npt.NDArray[np.float32]:
        """Weight of each token: about 1 (common) to 5 (rare), 0 for the commonest."""
        weights: npt.NDArray[np.float32] = CLASS_WEIGHT.take(self.classes)
        return weights

    @property
    def numbers(self) -> npt.NDArray[np.bool_]:
        """Which tokens are numbers."""
        numbers: npt.NDArray[np.bool_] = self.classes == NUMBER_CLASS
        return numbers

    @cached_property
    def anchors(self) -> npt.NDArray[np.bool_]:
        """Which tokens are anchors."""
        anchors: npt.NDArray[np.bool_] = CLASS_ANCHOR.take(self.classes)
        return anchors

    @cached_property
    def fives(self) -> Hashes:
        """Distinct hashes of 5-grams of tokens, ascending."""
        grams = self._threes[:-2]
        for offset in (3, 4):
            grams = next_mark(grams, self.ids[offset : offset + len(grams)])
        return distinct(grams)

    @cached_property
    def threes(self) -> Hashes:
        """Distinct hashes of 3-grams of tokens, ascending."""
        return distinct(self._threes)

    @cached_property
    def _threes(self) -> Hashes:
        return run_marks(self.ids, 3)

    @cached_property
    def key_threes(self) -> Hashes:
        """Distinct hashes of the 3-grams with a name, a number or a rare word, ascending."""
        grams, count = self._threes, len(self._threes)
        has_anchor = self.anchors[:count] | self.anchors[1:][:count] | self.anchors[2:][:count]
        return distinct(grams[has_anchor])

    @cached_property
    def pairs(self) -> Hashes:
        """Distinct hashes of anchor pairs, ascending."""
        return anchor_pair_marks(self.ids, self.anchors)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The different words that have weight."""
        cells = self.ids << _CLASS_SIZE | self.classes.view(np.uint64)
        cells = cells.compress(HAS_WEIGHT.take(self.classes))
        cells.sort()
        ids = cells >> _CLASS_SIZE
        last = np.empty(len(ids), dtype=bool)
        last[-1:] = True
        np.not_equal(ids[1:], ids[:-1], out=last[:-1])
        classes = (cells.compress(last) & _CLASS_BITS).view(np.int64)
        weights, kinds = _DOUBLE_WEIGHT.take(classes), _KIND.take(classes)
        totals = np.bincount(kinds, weights, KINDS).tolist()
        numbers = self.ids.compress(self.numbers).tolist()
        return Vocabulary(
            ids=ids.compress(last),
            weights=weights,
            kinds=kinds,
            counts=tuple(np.bincount(kinds, minlength=KINDS).tolist()),
            totals=tuple(totals),
            total=sum(totals),
            square=float(np.add.reduce(weights * weights)),
            number_positions={number: at for at, number in enumerate(dict.fromkeys(numbers))},
        )

    @cached_property
    def units(self) -> Units:
        """The distinct words of each sentence."""
        positions = HAS_WEIGHT.take(self.classes).nonzero()[0]
        cells = self.sentences.take(positions).view(np.uint64) << ID_SIZE | self.ids.take(positions)
        # Sorted by sentence, word and position; the first of each word in a sentence is kept.
        cells = cells << _POSITION_SIZE | positions.view(np.uint64)
        cells.sort()
        cells = cells.compress(firsts(cells >> _POSITION_SIZE))
        chosen = self.classes.take((cells & _POSITION_BITS).view(np.int64))
        cells >>= _POSITION_SIZE
        weights, anchors = CLASS_WEIGHT.take(chosen), CLASS_ANCHOR.take(chosen)
        sentences = (cells >> ID_SIZE).view(np.int64)
        totals = sums(sentences, weights, self.sentence_count)
        heavy = totals >= SHORTEST
        if not heavy.any():
            heavy = totals > 0
        counted = heavy.take(sentences)
        classes = KIND_WEIGHTS.take(chosen, axis=1) * counted
        return Units(
            ids=cells & ID_BITS,
            weights=weights,
            sentences=sentences,
            anchors=anchors,
            facts=FACT.take(chosen),
            heavy=heavy,
            totals=totals,
            anchor_totals=sums(sentences, weights * anchors, self.sentence_count),
            classes=classes,
            class_totals=np.add.reduce(classes, axis=1),
            head=weights * (counted & (counted.cumsum() <= HEAD)),
        )

    @cached_property
    def by_word(self) -> ByWord:
        """The units by word, in which the words of another text are looked up."""
        units = self.units
        positions = np.arange(len(units.ids), dtype=np.uint64)
        cells = (units.ids << _SENTENCE_SIZE | units.sentences.view(np.uint64)) << _POSITION_SIZE
        cells |= positions
        cells.sort()
        words, order = cells >> _POSITION_SIZE, (cells & _POSITION_BITS).view(np.int64)
        in_next = np.zeros(len(words), dtype=bool)
        in_next[order[:-1].compress(words[1:] - words[:-1] == 1)] = True
        return ByWord(ids=words >> _SENTENCE_SIZE, units=order, in_next=in_next)


def sums(
    groups: npt.NDArray[np.int64], weights: npt.NDArray[np.floating], count: int
) -> npt.NDArray[np.float64]:
    """Return the sum of weights of each of `count` groups.

    Args:
        groups: group of each weight.
    """
    return np.bincount(groups, weights, count).astype(np.float64, copy=False)


def unpack(record: str) -> TextRecord:
    """Return the text of a record that `service.text.packed.pack` made.

    Raises:
        ValueError: the record is invalid.
    """
    return unpack_bytes(packed_bytes(record))


def packed_bytes(record: str) -> bytes:
    """Return a record without its base64.

    Raises:
        ValueError: it is not base64.
    """
    return binascii.a2b_base64(record, strict_mode=True)


def unpack_bytes(packed: bytes) -> TextRecord:
    """Return the text of a record without base64.

    Raises:
        ValueError: the record is invalid.
    """
    words = read_words(packed)
    lengths = sentence_lengths(packed)
    if lengths.sum() != len(words):
        raise ValueError("the record's sentences do not add up to its tokens")
    return TextRecord(
        ids=ids_of(words),
        classes=classes_of(words),
        sentences=np.arange(len(lengths)).repeat(lengths),
        sentence_count=len(lengths),
    )
