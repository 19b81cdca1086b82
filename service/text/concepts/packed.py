"""The packed form of the concepts of a text: at most 1,000 characters of base64, whatever the text.

Its bytes are a header, and column after column: a byte for each id of the text (what it is, whether
it begins a sentence, how many tokens it is from the one before), which ids are repeated, and the
different words, names and numbers with their weights. The median text of 320 words takes 460 bytes.
The columns are of whole bytes: of single bits they would be a twentieth shorter, and a quarter
slower to write and to read.

Weights are kept in a few steps, so that who unpacks needs no lexicon and no table of frequencies:
four for words, and for names and numbers all that `stream` gives. An id has one weight in a text,
that of the place where it stands first. Sentences without ids are not counted.

Of a text that does not fit, the lightest words are left out, as many as must be, and of words of
one weight those with the largest hash: what is kept of two texts is then the same whatever their
languages. Of 471 pairs of such texts in the training half of the data, 267 are linked by this, 275
by all their ids, 260 by their beginnings; with a score from 0.6 on, 236, 236 and 209.
"""

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np
import numpy.typing as npt

from service.text.concepts.stream import MAX_IDS, NAME, NUMBER, WORD, Concepts
from service.text.hashing import firsts, mix

VERSION = 1
"""First byte of the form. A new lexicon, or other ids, need another version: ids of two versions
say nothing of each other."""

MOST_CHARACTERS = 1000
"""Of the packed form, in base64."""

MOST_BYTES = MOST_CHARACTERS // 4 * 3

_HEADER = 5  # version, words of the text, number of ids
_MOST_WORDS = 0xFFFF
_KIND_SHIFT = 24
_VALUE = (1 << _KIND_SHIFT) - 1

# The byte of an id: kind or REPEATED in the upper two bits.
_REPEATED = 3
_WHAT_SHIFT = 6
_BEGINS = 1 << 5
_HEAVIER = 1 << 4  # of a word: the lower bit of its step
_FAR = 15  # lower bits: the distance; from this on, the rest of it is in a byte of its own
_MOST_GAP = _FAR + 0xFF

_WIDTHS = np.array((2, 3, 4))
"""Bytes of a different word (15 bits, and the upper bit of its step), name (21 bits, and three of
the step) and number (24 bits, and three of the step)."""

_WEIGHTS = np.array(
    [
        (1.1, 1.9, 2.6, 3.8, *(np.inf,) * 4),  # the first is of words below `keys.LEAST_WEIGHT`
        (0.96, 1.38, 1.6, 1.8, 2.22, 2.3, 3.0, 3.7),
        (1.0, 1.6, 2.0, 2.7, 3.3, *(np.inf,) * 3),
    ],
    dtype=np.float32,
)
"""Weights by kind, ascending. Of a weight, the place of the nearest is kept: its step."""

# The borders between the steps of all kinds stand in one row, so that one search finds them.
_APART, _STEP_SHIFT = 8.0, 3
_BORDERS = np.concatenate(
    [
        [_APART * kind, *(_APART * kind + (weights[1:] + weights[:-1]) / 2)]
        for kind, weights in enumerate(_WEIGHTS)
    ]
).clip(max=[_APART * (kind + 1) for kind in range(3) for _ in range(1 << _STEP_SHIFT)])

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
        ids: the different ids.
        steps: of their weights.
    """

    new: _Bools
    places: _Ints
    gaps: _Ints
    begins: _Bools
    ids: _Ints
    steps: _Ints

    @property
    def size(self) -> int:
        """Length of the packed form in bytes."""
        count, far = len(self.new), int(np.count_nonzero(self.gaps >= _FAR))
        own = int(_WIDTHS[self.ids >> _KIND_SHIFT].sum())
        return _HEADER + count + far + count - len(self.ids) + own


def pack_concepts(text: Concepts) -> str:
    """Return the packed form of the concepts of a text."""
    columns = _that_fit(text)
    new, gaps, steps = columns.new, columns.gaps, columns.steps
    kinds, values = columns.ids >> _KIND_SHIFT, columns.ids & _VALUE
    words, names, numbers = (kinds == kind for kind in (WORD, NAME, NUMBER))
    codes = np.minimum(gaps, _FAR)
    codes[columns.begins] |= _BEGINS
    codes[new] |= kinds << _WHAT_SHIFT | np.where(words, (steps & 1) * _HEAVIER, 0)
    codes[~new] |= _REPEATED << _WHAT_SHIFT
    facts = values << _STEP_SHIFT | steps
    packed = (
        bytes((VERSION,)),
        min(text.words, _MOST_WORDS).to_bytes(2, "little"),
        len(new).to_bytes(2, "little"),
        codes.astype(np.uint8).tobytes(),
        (gaps[gaps >= _FAR] - _FAR).astype(np.uint8).tobytes(),
        columns.places[~new].astype(np.uint8).tobytes(),
        (values << 1 | steps >> 1)[words].astype("<u2").tobytes(),
        facts[names].astype("<u4").view(np.uint8).reshape(-1, 4)[:, :3].tobytes(),
        facts[numbers].astype("<u4").tobytes(),
    )
    return base64.b64encode(b"".join(packed)).decode()


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
    return unpack_together([packed])[0]


def unpack_together(texts: Sequence[bytes]) -> list[Concepts]:
    """Return the concepts of several packed forms; for a few dozen it takes a fraction of the time
    that they take one by one.

    Args:
        texts: as returned by `pack_concepts`, decoded from base64.

    Raises:
        ValueError: one is not what `pack_concepts` returns, or of another version.
    """
    if not texts:
        return []
    counts = [_count(text) for text in texts]
    codes = _joined(
        text[_HEADER : _HEADER + count] for text, count in zip(texts, counts, strict=True)
    )
    edges = np.array([0, *accumulate(counts)])
    what = codes >> _WHAT_SHIFT
    new = what != _REPEATED
    gaps = (codes & _FAR).astype(np.int64)
    far = gaps == _FAR
    sums = [_sums(each) for each in (far, ~new, what == WORD, what == NAME, what == NUMBER)]
    sizes = np.array([np.diff(each.take(edges)) for each in sums]) * _SIZES
    columns = [
        _cut_into_columns(text, _HEADER + count, own)
        for text, count, own in zip(texts, counts, sizes.T.tolist(), strict=True)
    ]
    of_far, of_repeated, of_words, of_names, of_numbers = zip(*columns, strict=True)
    gaps[far] += _joined(of_far)
    stood = _sums(new)
    places = stood[1:] - 1
    repeated = _joined(of_repeated) + stood.take(edges[:-1]).repeat(sizes[1])
    if (repeated > places[~new]).any():
        raise ValueError("packed concepts repeat one that does not stand before")
    places[~new] = repeated
    kinds = what[new]
    words = kinds == WORD
    values = np.empty(len(kinds), dtype=np.uint32)
    values[words] = _joined(of_words).view("<u2")
    # Integers of four bytes, one every three bytes; the upper byte is of the next and masked.
    names, count = b"".join(of_names), int(sums[3][-1])
    values[kinds == NAME] = np.ndarray((count,), "<u4", names + b"\0", 0, (3,)) & _VALUE
    values[kinds == NUMBER] = _joined(of_numbers).view("<u4")
    heavier = codes[new] & _HEAVIER != 0
    steps = np.where(words, (values & 1) << 1 | heavier, values & (1 << _STEP_SHIFT) - 1)
    values >>= np.where(words, 1, _STEP_SHIFT).astype(np.uint32)
    weights = _WEIGHTS[kinds, steps]
    if np.isinf(weights).any() or (values >> _KIND_SHIFT).any():
        raise ValueError("packed concepts have an id or a weight that there is not")
    ids = (kinds.astype(np.uint32) << _KIND_SHIFT | values).take(places)
    weights = weights.take(places)
    tokens, sentences = (_sums(each) for each in (gaps, codes & _BEGINS != 0))
    # Each in memory of its own: a part of what is of all would keep all.
    return [
        Concepts(
            ids=ids[begin:end].copy(),
            weights=weights[begin:end].copy(),
            tokens=(tokens[begin + 1 : end + 1] - tokens[begin]).astype(np.int32),
            sentences=(sentences[begin + 1 : end + 1] - sentences[begin]).astype(np.int32),
            words=int.from_bytes(text[1:3], "little"),
        )
        for text, (begin, end) in zip(texts, pairwise(edges.tolist()), strict=True)
    ]


_SIZES = np.array([[1], [1], [2], [3], [4]])
"""Bytes, after the code, of an id that is far from the one before, of one that is repeated, and of
a different word, name and number."""


def _count(packed: bytes) -> int:
    """Return the number of ids of a text.

    Raises:
        ValueError: see `unpack_together`.
    """
    if not _HEADER <= len(packed) <= MOST_BYTES or packed[0] != VERSION:
        raise ValueError("no packed concepts of this version")
    count = int.from_bytes(packed[3:_HEADER], "little")
    if count > MAX_IDS or len(packed) < _HEADER + count:
        raise ValueError("packed concepts are cut off")
    return count


def _cut_into_columns(packed: bytes, begin: int, sizes: Sequence[int]) -> Sequence[bytes]:
    ends = list(accumulate(sizes, initial=begin))
    if ends[-1] != len(packed):
        raise ValueError("packed concepts have another length than they say")
    return [packed[first:end] for first, end in pairwise(ends)]


def _joined(columns: Iterable[bytes]) -> npt.NDArray[np.uint8]:
    return np.frombuffer(b"".join(columns), np.uint8)


def _sums(values: npt.NDArray[np.bool_] | _Ints) -> _Ints:
    """Sums of what stands before each place, and before the end."""
    sums = np.zeros(len(values) + 1, dtype=np.int64)
    values.cumsum(dtype=np.int64, out=sums[1:])
    return sums


def _that_fit(text: Concepts) -> _Columns:
    """The ids of a text; without the lightest words, at last facts, where there are too many."""
    whole = _columns(text)
    if whole.size <= MOST_BYTES:
        return whole
    kinds = whole.ids >> _KIND_SHIFT
    heaviest = np.lexsort((mix(whole.ids.astype(np.uint64)), -whole.steps, kinds == WORD))
    sizes = _WIDTHS[kinds] - 1 + 2 * np.bincount(whole.places)
    totals = _HEADER + sizes[heaviest].cumsum()
    rank = np.empty(len(heaviest), dtype=np.int64)
    rank[heaviest] = np.arange(len(heaviest))
    ranks = rank[whole.places]
    kept, far = len(heaviest), int(np.count_nonzero(whole.gaps >= _FAR))
    while kept and totals[kept - 1] > MOST_BYTES - far:
        # It takes a few turns, for ids that stay stand further apart without the others.
        kept = int(totals.searchsorted(MOST_BYTES - far, "right"))
        tokens = text.tokens[ranks < kept]
        far = int(np.count_nonzero(tokens[1:] - tokens[:-1] >= _FAR)) + 1
    return _columns(text, ranks < kept)


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
    steps = _BORDERS.searchsorted(weights[new] + _APART * kinds, "right") - 1 & 7
    return _Columns(new, places, gaps.clip(0, _MOST_GAP), begins, distinct, steps)
