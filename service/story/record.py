"""The verification record: a text as packed tokens, small enough to keep and send with it.

How a token is packed is said in `service.story.packed`.
"""

import base64
import binascii
import struct
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from service.story.anchors import anchor_pair_marks
from service.story.hashing import Hashes, distinct, firsts, next_mark, run_marks
from service.story.packed import (
    CLASS_ANCHOR,
    CLASS_NAME,
    CLASS_WEIGHT,
    EDGES,
    NUMBER_CLASS,
    RARITIES,
    classes_of,
    ids_of,
    read_words,
    sentence_lengths,
)
from service.story.tokens import NAME, NUMBER, Tokens

MAX_TOKENS = 3000
"""Longer texts are compared by their first 3,000 tokens; a record is then 9 kB."""

ID_SIZE = np.uint64(20)
ID_BITS = np.uint64((1 << 20) - 1)
_PLACE_SIZE = np.uint64(28)
_PLACE_BITS = np.uint64((1 << 28) - 1)
_SENTENCE_SIZE = np.uint64(16)
SHORTEST = 6.0
"""Sentences of less weight (about three plain words) are headings and bylines: not compared."""

HEAD = 60
"""Weighty words that are the head of a text: about its first hundred words. What a running story
repeats of its background stands further down."""

# Of each class: whether it weighs, is of names that are anchors, is of names or numbers; its weight
# as a plain word, a rare word, a name and a number.
WEIGHTY = CLASS_WEIGHT > 0
_KEY_NAME = CLASS_NAME & CLASS_ANCHOR
_NUMBER = np.arange(16) == NUMBER_CLASS
FACT = _KEY_NAME | _NUMBER
KIND_WEIGHTS = CLASS_WEIGHT * np.stack([~CLASS_ANCHOR, CLASS_ANCHOR & ~FACT, _KEY_NAME, _NUMBER])


def pack(tokens: Tokens) -> str:
    """Write the record of a text, base64: sentence count, sentence lengths, tokens."""
    classes = np.digitize(tokens.zipf, EDGES).astype(np.uint32)
    classes[tokens.kinds == NAME] += RARITIES
    classes[tokens.kinds == NUMBER] = NUMBER_CLASS
    words = (tokens.ids & ID_BITS).astype(np.uint32) << 4 | classes
    lengths = np.bincount(tokens.sentences) if len(tokens) else np.empty(0, dtype=np.int64)
    packed = (
        struct.pack("<H", len(lengths))
        + lengths.astype("<u2").tobytes()
        + words.astype("<u4").view(np.uint8).reshape(-1, 4)[:, :3].tobytes()
    )
    return base64.b64encode(packed).decode()


@dataclass(frozen=True, slots=True)
class Units:
    """The distinct words of each sentence, without the commonest, which weigh nothing; by sentence,
    then by word.

    Attributes:
        ids, weights, sentences: as in `TextRecord`.
        anchors, facts: which are anchors; which are names and numbers.
        heavy: which sentences have weight enough to be compared.
        totals, anchor_totals: weight of each sentence, and of its anchors.
        classes: (4, words), the weights in heavy sentences of plain words, rare words, names and
            numbers.
        class_totals: (4,), their sums.
        head: the weights of the first words in heavy sentences; 0 for others.
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
    """The units of a text by word, then by sentence.

    Attributes:
        ids: of the words, ascending.
        units: their places in `Units`.
        go_on: in the order of `Units`, whether the word stands in the next sentence too.
    """

    ids: Hashes
    units: npt.NDArray[np.int64]
    go_on: npt.NDArray[np.bool_]


@dataclass(frozen=True)
class TextRecord:
    """A text as it is compared. All arrays are over tokens.

    Attributes:
        ids: uint64, 20-bit token hashes.
        classes: of the tokens, see `service.story.packed`.
        sentences: sentence number of each token.
        sentence_count: sentences of the text.
    """

    ids: Hashes
    classes: npt.NDArray[np.intp]
    sentences: npt.NDArray[np.int64]
    sentence_count: int

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def weights(self) -> npt.NDArray[np.float32]:
        """Information of each token, about 1 (common) to 5 (rare), 0 for the commonest."""
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
        """Distinct marks of runs of five tokens."""
        runs = self._threes[:-2]
        for offset in (3, 4):
            runs = next_mark(runs, self.ids[offset : offset + len(runs)])
        return distinct(runs)

    @cached_property
    def threes(self) -> Hashes:
        """Distinct marks of runs of three tokens."""
        return distinct(self._threes)

    @cached_property
    def _threes(self) -> Hashes:
        return run_marks(self.ids, 3)

    @cached_property
    def key_threes(self) -> Hashes:
        """Distinct marks of the runs of three that hold a name, a number or a rare word."""
        runs = self._threes
        held = self.anchors[: len(runs)] | self.anchors[1:][: len(runs)]
        return distinct(runs[held | self.anchors[2:][: len(runs)]])

    @cached_property
    def pairs(self) -> Hashes:
        """Distinct marks of anchor pairs."""
        return anchor_pair_marks(self.ids, self.anchors)

    @cached_property
    def key_names(self) -> Hashes:
        """Distinct names that are anchors."""
        return distinct(self.ids.compress(_KEY_NAME.take(self.classes)))

    @cached_property
    def key_numbers(self) -> Hashes:
        """Distinct numbers."""
        return distinct(self.ids.compress(self.numbers))

    @cached_property
    def units(self) -> Units:
        """The words that sentences are compared by."""
        places = WEIGHTY.take(self.classes).nonzero()[0]
        cells = self.sentences.take(places).view(np.uint64) << ID_SIZE | self.ids.take(places)
        # Each word where it first stands in its sentence, by sentence and then by word.
        cells = cells << _PLACE_SIZE | places.view(np.uint64)
        cells.sort()
        cells = cells.compress(firsts(cells >> _PLACE_SIZE))
        chosen = self.classes.take((cells & _PLACE_BITS).view(np.int64))
        cells >>= _PLACE_SIZE
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
        """Where the words of other texts look for partners."""
        units = self.units
        places = np.arange(len(units.ids), dtype=np.uint64)
        cells = (units.ids << _SENTENCE_SIZE | units.sentences.view(np.uint64)) << _PLACE_SIZE
        cells |= places
        cells.sort()
        words, order = cells >> _PLACE_SIZE, (cells & _PLACE_BITS).view(np.int64)
        go_on = np.zeros(len(words), dtype=bool)
        go_on[order[:-1].compress(words[1:] - words[:-1] == 1)] = True
        return ByWord(ids=words >> _SENTENCE_SIZE, units=order, go_on=go_on)


def sums(
    places: npt.NDArray[np.int64], weights: npt.NDArray[np.floating], count: int
) -> npt.NDArray[np.float64]:
    """The sum of the weights that fall on each of `count` places."""
    return np.bincount(places, weights, count).astype(np.float64, copy=False)


def unpack(record: str) -> TextRecord:
    """Read a record that `pack` wrote.

    Raises:
        ValueError: it is not such a record.
    """
    return unpack_bytes(packed_bytes(record))


def packed_bytes(record: str) -> bytes:
    """A record without its base64.

    Raises:
        ValueError: it is no base64.
    """
    return binascii.a2b_base64(record, strict_mode=True)


def unpack_bytes(packed: bytes) -> TextRecord:
    """Read a record without its base64.

    Raises:
        ValueError: it is not such a record.
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
