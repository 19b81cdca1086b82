"""The packed form of the concepts of a text: at most 1,000 characters of base64, whatever the text.

It is a string of bits, column after column: which ids repeat an earlier one, which begin a
sentence, how many tokens each is from the one before, which ids are repeated, and the different ids
with their weights. An English text of 330 words takes about 460 bytes.

Weights are kept in a few steps, so that who unpacks needs no lexicon and no table of frequencies:
four for words, and for names and numbers all that `stream` gives. An id has one weight in a text,
that of the place where it stands first. Sentences without ids are not counted.

Of a text that does not fit, the lightest words are left out, as many as must be, and of words of
one weight those that come last in the lexicon: what is kept of two texts is then the same whatever
their languages. On the training half of the data this finds as many translations of long texts as
all their ids do; their beginnings alone find a twentieth fewer.
"""

import base64
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from service.text.concepts.skeleton import LONGEST
from service.text.concepts.stream import MAX_IDS, NAME, NUMBER, WORD, Concepts

VERSION = 1
"""First byte of the form. A new lexicon, or other ids, need another version: ids of two versions
say nothing of each other."""

MOST_CHARACTERS = 1000
"""Of the packed form, in base64."""

MOST_BYTES = MOST_CHARACTERS // 4 * 3

_HEADER = 5  # bytes: version, words of the text, number of ids
_MOST_BITS = 8 * (MOST_BYTES - _HEADER)
_MOST_WORDS = 0xFFFF
_GAP_BITS, _FAR_BITS = 3, 8  # a distance that does not fit in the first is continued in the second
_FAR = (1 << _GAP_BITS) - 1
_MOST_GAP = _FAR + (1 << _FAR_BITS) - 1
_KIND_SHIFT = 24
_VALUE = (1 << _KIND_SHIFT) - 1

_KINDS = (WORD, NAME, NUMBER)
_ID_BITS = (15, 3 * LONGEST, _KIND_SHIFT)
_WEIGHT_BITS = (2, 3, 3)
_WEIGHTS = tuple(
    np.array(weights, dtype=np.float32)
    for weights in (
        (1.1, 1.9, 2.6, 3.8),  # the first is of words below `keys.LEAST_WEIGHT`
        (0.96, 1.38, 1.6, 1.8, 2.22, 2.3, 3.0, 3.7),
        (1.0, 1.6, 2.0, 2.7, 3.3),
    )
)
"""Weights by kind, ascending. Of a weight, the place of the nearest is kept."""
_BORDERS = tuple(((weights[1:] + weights[:-1]) / 2).tolist() for weights in _WEIGHTS)
_WIDTHS = tuple(
    own + id + weight for own, id, weight in zip((1, 2, 2), _ID_BITS, _WEIGHT_BITS, strict=True)
)
"""Bits of a different id by kind: those that tell the kind, the id, its weight."""

_GAPS = tuple(format(gap, f"0{_GAP_BITS}b") for gap in range(1 << _GAP_BITS))
_POWERS = 1 << np.arange(_KIND_SHIFT - 1, -1, -1)
_Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Columns:
    """The ids of a text as they are packed.

    Attributes:
        ids: all of them.
        weights: of the different ones, by id, in the order in which they stand first.
        gaps: tokens from each to the one before; from the beginning for the first.
        begins: 1 for each that is the first of a sentence; the first of all is not.
    """

    ids: Sequence[int]
    weights: Mapping[int, float]
    gaps: Sequence[int]
    begins: npt.NDArray[np.uint8]

    @property
    def bits(self) -> int:
        """Length of the packed form without its header."""
        count, different = len(self.ids), len(self.weights)
        return (
            count * (2 + _GAP_BITS)
            + sum(gap >= _FAR for gap in self.gaps) * _FAR_BITS
            + (count - different) * _place_bits(different)
            + sum(_WIDTHS[id >> _KIND_SHIFT] for id in self.weights)
        )


def pack_concepts(text: Concepts) -> str:
    """Return the packed form of the concepts of a text."""
    columns = _that_fit(text)
    place = {id: number for number, id in enumerate(columns.weights)}
    repeats, repeated, seen = [], [], 0
    for number in map(place.__getitem__, columns.ids):
        if number == seen:
            seen += 1
            repeats.append("0")
        else:
            repeats.append("1")
            repeated.append(number)
    kinds = [id >> _KIND_SHIFT for id in place]
    parts = [
        *repeats,
        (columns.begins + ord("0")).tobytes().decode(),
        *(_GAPS[min(gap, _FAR)] for gap in columns.gaps),
        *_written((gap - _FAR for gap in columns.gaps if gap >= _FAR), _FAR_BITS),
        *_written(repeated, _place_bits(len(place))),
        *("0" if kind == WORD else "1" for kind in kinds),
        *(str(kind - 1) for kind in kinds if kind != WORD),
    ]
    for kind in _KINDS:
        own = [id for id in place if id >> _KIND_SHIFT == kind]
        steps = (_step(kind, columns.weights[id]) for id in own)
        parts += _written((id & _VALUE for id in own), _ID_BITS[kind])
        parts += _written(steps, _WEIGHT_BITS[kind])
    bits = "".join(parts)
    size = (len(bits) + 7) // 8
    words = min(text.words, _MOST_WORDS).to_bytes(2, "big")
    header = bytes((VERSION,)) + words + len(columns.ids).to_bytes(2, "big")
    body = int("1" + bits.ljust(8 * size, "0"), 2).to_bytes(size + 1, "big")[1:]
    return base64.b64encode(header + body).decode()


def unpack_concepts(packed: str | bytes) -> Concepts:
    """Return the concepts of a packed form.

    Args:
        packed: as returned by `pack_concepts`; or its bytes, decoded from base64.

    Raises:
        ValueError: it is not what `pack_concepts` returns, or of another version.
    """
    if isinstance(packed, str):
        if len(packed) > MOST_CHARACTERS:
            raise ValueError("packed concepts are too long")
        packed = base64.b64decode(packed, validate=True)
    if not _HEADER <= len(packed) <= MOST_BYTES or packed[0] != VERSION:
        raise ValueError("no packed concepts of this version")
    words, count = int.from_bytes(packed[1:3], "big"), int.from_bytes(packed[3:5], "big")
    if count > MAX_IDS:
        raise ValueError("packed concepts have too many ids")
    column = _Reader(packed[_HEADER:])
    new = column.read(count, 1) == 0
    begins = column.read(count, 1)
    gaps = column.read(count, _GAP_BITS)
    far = np.flatnonzero(gaps == _FAR)
    gaps[far] += column.read(len(far), _FAR_BITS)
    places = new.cumsum() - 1
    different = int(np.count_nonzero(new))
    repeated = column.read(count - different, _place_bits(different))
    if (repeated > places[~new]).any():
        raise ValueError("packed concepts repeat one that does not stand before")
    places[~new] = repeated
    kinds = column.read(different, 1)
    facts = np.flatnonzero(kinds)
    kinds[facts] += column.read(len(facts), 1)
    ids, weights = kinds << _KIND_SHIFT, np.empty(different, dtype=np.float32)
    for kind in _KINDS:
        own = np.flatnonzero(kinds == kind)
        ids[own] |= column.read(len(own), _ID_BITS[kind])
        steps = column.read(len(own), _WEIGHT_BITS[kind])
        if (steps >= len(_WEIGHTS[kind])).any():
            raise ValueError("packed concepts have a weight that there is not")
        weights[own] = _WEIGHTS[kind][steps]
    column.close()
    return Concepts(
        ids=ids[places].astype(np.uint32),
        weights=weights[places],
        tokens=gaps.cumsum().astype(np.int32),
        sentences=begins.cumsum().astype(np.int32),
        words=words,
    )


def _that_fit(text: Concepts) -> _Columns:
    """The ids of a text; without the lightest words, at last facts, where there are too many."""
    columns = _columns(text, ())
    if columns.bits <= _MOST_BITS:
        return columns
    counts, place_bits = Counter(columns.ids), _place_bits(len(columns.weights))
    lightest = iter(sorted(columns.weights, key=lambda id: _importance(id, columns.weights[id])))
    dropped: set[int] = set()
    while (excess := columns.bits - _MOST_BITS) > 0:
        # It may take more than one turn: those that stay stand further apart.
        for id in lightest:
            dropped.add(id)
            excess -= _WIDTHS[id >> _KIND_SHIFT] - place_bits
            excess -= (2 + _GAP_BITS + place_bits) * counts[id]
            if excess <= 0:
                break
        columns = _columns(text, dropped)
    return columns


def _importance(id: int, weight: float) -> tuple[bool, int, int]:
    kind = id >> _KIND_SHIFT
    return kind != WORD, _step(kind, weight), -id


def _columns(text: Concepts, dropped: Collection[int]) -> _Columns:
    """The columns of a text without some ids."""
    ids, weights, tokens, sentences = text.ids.tolist(), text.weights, text.tokens, text.sentences
    if dropped:
        stay = [place for place, id in enumerate(ids) if id not in dropped]
        ids = [ids[place] for place in stay]
        weights, tokens, sentences = weights[stay], tokens[stay], sentences[stay]
    first: dict[int, float] = {}
    for id, weight in zip(ids, weights.tolist(), strict=True):
        first.setdefault(id, weight)
    return _Columns(
        ids=ids,
        weights=first,
        gaps=np.diff(tokens, prepend=0).clip(0, _MOST_GAP).tolist(),
        begins=(np.diff(sentences, prepend=sentences[:1]) > 0).astype(np.uint8),
    )


def _step(kind: int, weight: float) -> int:
    return bisect_right(_BORDERS[kind], weight)


def _place_bits(different: int) -> int:
    return max(different - 1, 1).bit_length()


def _written(values: Iterable[int], width: int) -> Iterator[str]:
    form = f"0{width}b"
    return (format(value, form) for value in values)


class _Reader:
    """Reads columns of bits, one after the other."""

    def __init__(self, packed: bytes) -> None:
        self._bits = np.unpackbits(np.frombuffer(packed, np.uint8))
        self._at = 0

    def read(self, count: int, width: int) -> _Ints:
        """Return values of a width in bits.

        Raises:
            ValueError: there are not so many.
        """
        begin, self._at = self._at, self._at + count * width
        if self._at > len(self._bits):
            raise ValueError("packed concepts are cut off")
        bits = self._bits[begin : self._at]
        if width == 1:
            return bits.astype(np.int64)
        return bits.reshape(count, width) @ _POWERS[-width:]

    def close(self) -> None:
        """End the reading.

        Raises:
            ValueError: something is left that is no padding.
        """
        left = self._bits[self._at :]
        if len(left) >= 8 or left.any():
            raise ValueError("packed concepts go on after their end")
