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
from service.story.hashing import Hashes, distinct, run_marks
from service.story.packed import (
    CLASS_NAME,
    CLASS_WEIGHT,
    EDGES,
    NUMBER_CLASS,
    RARITIES,
    are_anchors,
    classes_of,
    ids_of,
    read_tokens,
    sentence_lengths,
)
from service.story.tokens import NAME, NUMBER, Tokens

MAX_TOKENS = 3000
"""Longer texts are compared by their first 3,000 tokens; a record is then 9 kB."""

_ID_SIZE = np.uint64(20)
_ID_BITS = np.uint64((1 << 20) - 1)
_PLACE_SIZE = np.uint64(28)
_PLACE_BITS = np.uint64((1 << 28) - 1)
_WINDOW_SIZE = np.uint64(16)
_SHORTEST = 6.0
"""Sentences of less weight (about three plain words) are headings and bylines: not compared."""

_HEAD = 60
"""Weighty words that are the head of a text: about its first hundred words. What a running story
repeats of its background stands further down."""

_WINDOW_BITS = np.uint64((1 << 16) - 1)


def pack(tokens: Tokens) -> str:
    """Write the record of a text, base64: sentence count, sentence lengths, tokens."""
    classes = np.digitize(tokens.zipf, EDGES).astype(np.uint32)
    classes[tokens.kinds == NAME] += RARITIES
    classes[tokens.kinds == NUMBER] = NUMBER_CLASS
    words = (tokens.ids & _ID_BITS).astype(np.uint32) << 4 | classes
    lengths = np.bincount(tokens.sentences) if len(tokens) else np.empty(0, dtype=np.int64)
    packed = (
        struct.pack("<H", len(lengths))
        + lengths.astype("<u2").tobytes()
        + words.astype("<u4").view(np.uint8).reshape(-1, 4)[:, :3].tobytes()
    )
    return base64.b64encode(packed).decode()


@dataclass(frozen=True, slots=True)
class Units:
    """The distinct words of each sentence, without the commonest, which weigh nothing.

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
class Windows:
    """Which word stands in which window, ascending by word. Window n is sentence n; after these
    come the pairs of neighbouring sentences; `count` counts both."""

    ids: Hashes
    windows: npt.NDArray[np.int64]
    count: int


@dataclass(frozen=True)
class TextRecord:
    """A text as it is compared. All arrays are over tokens.

    Attributes:
        ids: uint64, 20-bit token hashes.
        weights: float32, information of a token, about 1 (common) to 5 (rare), 0 for the commonest.
        anchors, names, numbers: which tokens are such; a name need not be an anchor.
        sentences: sentence number of each token.
        sentence_count: sentences of the text.
    """

    ids: Hashes
    weights: npt.NDArray[np.float32]
    anchors: npt.NDArray[np.bool_]
    names: npt.NDArray[np.bool_]
    numbers: npt.NDArray[np.bool_]
    sentences: npt.NDArray[np.int64]
    sentence_count: int

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def fives(self) -> Hashes:
        """Distinct marks of runs of five tokens."""
        return distinct(run_marks(self.ids, 5))

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
        return distinct(self.ids[self.names & self.anchors])

    @cached_property
    def key_numbers(self) -> Hashes:
        """Distinct numbers."""
        return distinct(self.ids[self.numbers])

    @cached_property
    def units(self) -> Units:
        """The words that sentences are compared by."""
        places = (self.weights > 0).nonzero()[0]
        cells = self.sentences[places].astype(np.uint64) << _ID_SIZE | self.ids[places]
        # Each word where it first stands in its sentence, by sentence and then by word.
        cells = cells << _PLACE_SIZE | places.astype(np.uint64)
        cells.sort()
        words = cells >> _PLACE_SIZE
        first = np.ones(len(words), dtype=bool)
        np.not_equal(words[1:], words[:-1], out=first[1:])
        chosen = (cells[first] & _PLACE_BITS).view(np.int64)
        weights, sentences = self.weights[chosen], self.sentences[chosen]
        anchors, numbers = self.anchors[chosen], self.numbers[chosen]
        names = self.names[chosen] & anchors
        totals = sums(sentences, weights, self.sentence_count)
        heavy = totals >= _SHORTEST
        if not heavy.any():
            heavy = totals > 0
        kinds = np.stack([~anchors, anchors & ~names & ~numbers, names, numbers])
        counted = heavy[sentences]
        classes = kinds * (weights * counted)
        return Units(
            ids=self.ids[chosen],
            weights=weights,
            sentences=sentences,
            anchors=anchors,
            facts=names | numbers,
            heavy=heavy,
            totals=totals,
            anchor_totals=sums(sentences, weights * anchors, self.sentence_count),
            classes=classes,
            class_totals=np.add.reduce(classes, axis=1),
            head=weights * (counted & (counted.cumsum() <= _HEAD)),
        )

    @cached_property
    def windows(self) -> Windows:
        """Where sentences of other texts look for partners."""
        units, count = self.units, self.sentence_count
        pairs = max(count - 1, 0)
        opens, closes = units.sentences < pairs, units.sentences > 0
        ids = np.concatenate([units.ids, units.ids[opens], units.ids[closes]])
        windows = np.concatenate(
            [
                units.sentences,
                units.sentences[opens] + count,
                units.sentences[closes] + (count - 1),
            ]
        )
        cells = distinct(ids << _WINDOW_SIZE | windows.astype(np.uint64))
        return Windows(
            ids=cells >> _WINDOW_SIZE,
            windows=(cells & _WINDOW_BITS).astype(np.int64),
            count=count + pairs,
        )


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
    words = read_tokens([packed]).words
    lengths = sentence_lengths(packed)
    if lengths.sum() != len(words):
        raise ValueError("the record's sentences do not add up to its tokens")
    classes = classes_of(words)
    return TextRecord(
        ids=ids_of(words),
        weights=CLASS_WEIGHT.take(classes),
        anchors=are_anchors(words),
        names=CLASS_NAME.take(classes),
        numbers=classes == NUMBER_CLASS,
        sentences=np.arange(len(lengths)).repeat(lengths),
        sentence_count=len(lengths),
    )
