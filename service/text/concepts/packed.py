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
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from service.text.concepts.skeleton import LONGEST
from service.text.concepts.stream import MAX_IDS, NAME, NUMBER, WORD, Concepts
from service.text.hashing import firsts

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
_KIND_BITS, _ID_BITS, _WEIGHT_BITS = (1, 2, 2), (15, 3 * LONGEST, _KIND_SHIFT), (2, 3, 3)
_WIDTHS = np.array((_KIND_BITS, _ID_BITS, _WEIGHT_BITS)).sum(axis=0)
"""Bits of a different id, by kind."""

_WEIGHTS = (
    (1.1, 1.9, 2.6, 3.8),  # the first is of words below `keys.LEAST_WEIGHT`
    (0.96, 1.38, 1.6, 1.8, 2.22, 2.3, 3.0, 3.7),
    (1.0, 1.6, 2.0, 2.7, 3.3),
)
"""Weights by kind, ascending. Of a weight, the place of the nearest is kept: its step."""

_WEIGHT = np.zeros((3, 8), dtype=np.float32)
_NO_STEP = np.array([len(weights) for weights in _WEIGHTS])
# The borders between the steps of all kinds in one row, so that one search finds them.
_APART = 8
_BORDERS = np.concatenate(
    [_APART * kind + np.convolve(_WEIGHTS[kind], (0.5, 0.5), "valid") for kind in _KINDS]
)
_STEPS_BEFORE = np.cumsum([0, *(len(weights) - 1 for weights in _WEIGHTS[:-1])])
for _kind, _steps in enumerate(_WEIGHTS):
    _WEIGHT[_kind, : len(_steps)] = _steps

_POWERS = 1 << np.arange(31, -1, -1)

_Ints = npt.NDArray[np.int64]
_Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Columns:
    """The ids of a text as they are packed.

    Attributes:
        new: of each id, whether it stands there first.
        places: of each, its place among the different ones, in the order in which they stand first.
        gaps: tokens from each to the one before; from the beginning for the first.
        begins: whether each is the first of a sentence; the first of all is not.
        ids, steps: the different ids, and the steps of their weights.
    """

    new: _Bools
    places: _Ints
    gaps: _Ints
    begins: _Bools
    ids: _Ints
    steps: _Ints

    @property
    def bits(self) -> int:
        """Length of the packed form without its header."""
        count, different = len(self.new), len(self.ids)
        return (
            count * (2 + _GAP_BITS)
            + int(np.count_nonzero(self.gaps >= _FAR)) * _FAR_BITS
            + (count - different) * _place_bits(different)
            + int(_WIDTHS[self.ids >> _KIND_SHIFT].sum())
        )


def pack_concepts(text: Concepts) -> str:
    """Return the packed form of the concepts of a text."""
    columns = _that_fit(text)
    new, gaps, kinds = columns.new, columns.gaps, columns.ids >> _KIND_SHIFT
    far = gaps[gaps >= _FAR] - _FAR
    parts = [
        ~new,
        columns.begins,
        _written(np.minimum(gaps, _FAR), _GAP_BITS),
        _written(far, _FAR_BITS),
        _written(columns.places[~new], _place_bits(len(kinds))),
        kinds != WORD,
        kinds[kinds != WORD] == NUMBER,
    ]
    for kind in _KINDS:
        own, bits = kinds == kind, _WEIGHT_BITS[kind]
        values = (columns.ids[own] & _VALUE) << bits | columns.steps[own]
        parts.append(_written(values, _ID_BITS[kind] + bits))
    words = min(text.words, _MOST_WORDS).to_bytes(2, "big")
    header = bytes((VERSION,)) + words + len(new).to_bytes(2, "big")
    return base64.b64encode(header + np.packbits(np.concatenate(parts)).tobytes()).decode()


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
    ids, steps = kinds << _KIND_SHIFT, np.empty(different, dtype=np.int64)
    for kind in _KINDS:
        own, bits = np.flatnonzero(kinds == kind), _WEIGHT_BITS[kind]
        values = column.read(len(own), _ID_BITS[kind] + bits)
        ids[own] |= values >> bits
        steps[own] = values & (1 << bits) - 1
    if (steps >= _NO_STEP[kinds]).any():
        raise ValueError("packed concepts have a weight that there is not")
    weights = _WEIGHT[kinds, steps]
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
    whole = columns = _columns(text)
    if columns.bits <= _MOST_BITS:
        return columns
    kinds, place_bits = whole.ids >> _KIND_SHIFT, _place_bits(len(whole.ids))
    heaviest = np.lexsort((whole.ids, -whole.steps, kinds == WORD))
    counts = np.bincount(whole.places)
    sizes = _WIDTHS[kinds] - place_bits + counts * (2 + _GAP_BITS + place_bits)
    totals = sizes[heaviest].cumsum()
    kept, room = len(heaviest), _MOST_BITS
    while (excess := columns.bits - _MOST_BITS) > 0:
        # It takes a few turns, for ids that stay stand further apart without the others.
        room -= excess if kept < len(heaviest) else 0
        kept = min(int(totals.searchsorted(room, "right")), kept - 1)
        stays = np.zeros(len(heaviest), dtype=bool)
        stays[heaviest[:kept]] = True
        columns = _columns(text, stays[whole.places])
    return columns


def _columns(text: Concepts, stay: _Bools | None = None) -> _Columns:
    """The columns of a text, or of those of its ids that stay."""
    ids, weights, tokens, sentences = text.ids, text.weights, text.tokens, text.sentences
    if stay is not None:
        ids, weights, tokens, sentences = ids[stay], weights[stay], tokens[stay], sentences[stay]
    order = ids.argsort(kind="stable")
    is_first = firsts(ids[order])
    first = order[is_first]
    new = np.zeros(len(ids), dtype=bool)
    new[first] = True
    places = np.empty(len(ids), dtype=np.int64)
    places[order] = (new.cumsum() - 1)[first][is_first.cumsum() - 1]
    gaps = tokens.astype(np.int64)
    gaps[1:] -= tokens[:-1]
    begins = np.zeros(len(ids), dtype=bool)
    np.not_equal(sentences[1:], sentences[:-1], out=begins[1:])
    distinct = ids[new].astype(np.int64)
    kinds = distinct >> _KIND_SHIFT
    steps = _BORDERS.searchsorted(weights[new] + _APART * kinds, "right") - _STEPS_BEFORE[kinds]
    return _Columns(new, places, gaps.clip(0, _MOST_GAP), begins, distinct, steps)


def _place_bits(different: int) -> int:
    return max(different - 1, 1).bit_length()


def _written(values: _Ints, width: int) -> _Bools:
    """The lowest bits of each value, the highest of them first."""
    bits: _Bools = (values[:, None] & _POWERS[-width:]) != 0
    return bits.ravel()


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
