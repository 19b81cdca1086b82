"""The verification record: a text as packed tokens, small enough to keep and send with it.

Three bytes a token: 20 bits of its hash and 4 bits of class (a number, or one of seven rarities of
a word or of a name). Two different words of a pair of 500-word texts fall on one hash about once in
four pairs, which is one word of a thousand: less than noise.
"""

import base64
import struct
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from service.story.anchors import RARE_NAME_ZIPF, RARE_WORD_ZIPF, anchor_pairs
from service.story.hashing import Hashes, run_hashes
from service.story.tokens import NAME, NUMBER, Tokens

MAX_TOKENS = 3000
"""Longer texts are compared by their first 3,000 tokens; a record is then 9 kB."""

_EDGES = np.array([3.0, 3.5, RARE_WORD_ZIPF, 4.5, RARE_NAME_ZIPF, 6.0], dtype=np.float32)
_MIDDLES = np.array([2.5, 3.25, 3.75, 4.25, 4.85, 5.6, 6.6], dtype=np.float32)
_RARITIES = len(_MIDDLES)
_NUMBER_CLASS = 15
_ID_BITS = np.uint64((1 << 20) - 1)
_ZIPF_OF_EVERY_WORD = 7.5

_CLASS_ZIPF = np.full(16, 3.0, dtype=np.float32)
_CLASS_ZIPF[:_RARITIES] = _MIDDLES
_CLASS_ZIPF[_RARITIES : 2 * _RARITIES] = _MIDDLES


def pack(tokens: Tokens) -> str:
    """Write the record of a text, base64: sentence count, sentence lengths, tokens."""
    classes = np.digitize(tokens.zipf, _EDGES).astype(np.uint32)
    classes[tokens.kinds == NAME] += _RARITIES
    classes[tokens.kinds == NUMBER] = _NUMBER_CLASS
    words = (tokens.ids & _ID_BITS).astype(np.uint32) << 4 | classes
    lengths = np.bincount(tokens.sentences) if len(tokens) else np.empty(0, dtype=np.int64)
    packed = (
        struct.pack("<H", len(lengths))
        + lengths.astype("<u2").tobytes()
        + words.astype("<u4").view(np.uint8).reshape(-1, 4)[:, :3].tobytes()
    )
    return base64.b64encode(packed).decode()


@dataclass(frozen=True)
class TextRecord:
    """A text as it is compared. Arrays over tokens, except `starts` (first token of a sentence).

    Attributes:
        ids: uint64, 20-bit token hashes.
        weights: float32, information of a token, about 1 (common) to 5 (rare), 0 for the commonest.
        anchors, names, numbers: which tokens are such.
        sentences: sentence number of each token.
    """

    ids: Hashes
    weights: npt.NDArray[np.float32]
    anchors: npt.NDArray[np.bool_]
    names: npt.NDArray[np.bool_]
    numbers: npt.NDArray[np.bool_]
    sentences: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def fives(self) -> Hashes:
        """Distinct hashes of runs of five tokens."""
        return np.unique(run_hashes(self.ids, 5))

    @cached_property
    def threes(self) -> Hashes:
        """Distinct hashes of runs of three tokens."""
        return np.unique(run_hashes(self.ids, 3))

    @cached_property
    def pairs(self) -> Hashes:
        """Distinct hashes of anchor pairs."""
        return anchor_pairs(self.ids, self.anchors)


def unpack(record: str) -> TextRecord:
    """Read a record that `pack` wrote.

    Raises:
        ValueError: it is not such a record.
    """
    packed = base64.b64decode(record, validate=True)
    if len(packed) < 2:
        raise ValueError("a record has a sentence count")
    (count,) = struct.unpack_from("<H", packed)
    body = packed[2 + 2 * count :]
    if len(packed) < 2 + 2 * count or len(body) % 3:
        raise ValueError("the record's length does not fit its sentence count")
    lengths = np.frombuffer(packed, dtype="<u2", count=count, offset=2).astype(np.int64)
    words = np.zeros((len(body) // 3, 4), dtype=np.uint8)
    words[:, :3] = np.frombuffer(body, dtype=np.uint8).reshape(-1, 3)
    tokens = words.view("<u4").reshape(-1)
    if lengths.sum() != len(tokens):
        raise ValueError("the record's sentences do not add up to its tokens")
    classes = tokens & 15
    numbers = classes == _NUMBER_CLASS
    names = (classes >= _RARITIES) & ~numbers
    zipf = _CLASS_ZIPF[classes]
    anchors = numbers | (zipf < RARE_WORD_ZIPF) | (names & (zipf < RARE_NAME_ZIPF))
    return TextRecord(
        ids=(tokens >> 4).astype(np.uint64),
        weights=np.maximum(_ZIPF_OF_EVERY_WORD - zipf, 0) * (zipf < _MIDDLES[-1]),
        anchors=anchors,
        names=names,
        numbers=numbers,
        sentences=np.repeat(np.arange(count), lengths),
    )
