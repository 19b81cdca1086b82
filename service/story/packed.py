"""The tokens of verification records as they are stored, read many at once.

A record is a sentence count, sentence lengths and three bytes a token: 20 bits of its hash and 4
bits of class (a number, or one of seven rarities of a word or of a name). Two different words of a
pair of 500-word texts fall on one hash about once in four pairs, which is one word of a thousand:
less than noise.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from service.story.anchors import RARE_NAME_ZIPF, RARE_WORD_ZIPF
from service.story.hashing import Hashes

NUMBER_CLASS = 15
RARITIES = 7
EDGES = np.array([3.0, 3.5, RARE_WORD_ZIPF, 4.5, RARE_NAME_ZIPF, 6.0], dtype=np.float32)
"""Frequencies between the rarities, rarest first."""

_MIDDLES = np.array([2.5, 3.25, 3.75, 4.25, 4.85, 5.6, 6.6], dtype=np.float32)
_ZIPF_OF_EVERY_WORD = 7.5

_CLASS_ZIPF = np.full(16, 3.0, dtype=np.float32)
_CLASS_ZIPF[:RARITIES] = _MIDDLES
_CLASS_ZIPF[RARITIES : 2 * RARITIES] = _MIDDLES

CLASS_NAME = np.arange(16) >= RARITIES
CLASS_NAME[NUMBER_CLASS] = False
"""Which classes are of names."""

CLASS_ANCHOR = (_CLASS_ZIPF < RARE_WORD_ZIPF) | (CLASS_NAME & (_CLASS_ZIPF < RARE_NAME_ZIPF))
CLASS_ANCHOR[NUMBER_CLASS] = True
"""Which classes are of anchors."""

# A bit for each class of anchors: to shift is quicker than to look up.
_ANCHORS = np.uint32(sum(1 << int(each) for each in np.flatnonzero(CLASS_ANCHOR)))

CLASS_WEIGHT = np.maximum(_ZIPF_OF_EVERY_WORD - _CLASS_ZIPF, 0) * (_MIDDLES[-1] > _CLASS_ZIPF)
"""Information of a token of each class, about 1 (common) to 5 (rare), 0 for the commonest."""

_CLASS_BITS = np.uint32(4)
_CLASS = np.uint32(15)
_ONE = np.uint32(1)
_TOKEN = np.uint32(0xFFFFFF)
_NO_TOPS = np.empty(0, dtype=np.uint16)


Words = npt.NDArray[np.uint32]
"""Tokens as they are packed, 24 bits each."""


@dataclass(frozen=True, slots=True)
class PackedTokens:
    """The tokens of some records, one text after the other.

    Attributes:
        words: of all of them.
        tops: the upper 16 bits of each token's 20-bit hash.
        sizes: one a record, its tokens.
        ends: one a record, where its tokens end.
    """

    words: Words
    tops: npt.NDArray[np.uint16]
    sizes: Sequence[int]
    ends: npt.NDArray[np.int64]

    def of(self, record: int) -> Words:
        """The tokens of one record."""
        begin = self.begin(record)
        return self.words[begin : begin + self.sizes[record]]

    def begin(self, record: int) -> int:
        """Where the tokens of one record begin."""
        return int(self.ends[record]) - self.sizes[record]


def read_tokens(records: Sequence[bytes]) -> PackedTokens:
    """Read the tokens of records, without base64 and without their sentences.

    Raises:
        ValueError: one is no record.
    """
    parts = [_token_bytes(record) for record in records]
    packed = b"".join(parts)
    sizes = [len(part) // 3 for part in parts]
    # The two bytes behind the first are what is above the class and four bits of the hash.
    tops = np.ndarray((sum(sizes),), "<u2", packed, 1, (3,)) if packed else _NO_TOPS
    return PackedTokens(_words(packed), tops, sizes, np.array(sizes, dtype=np.int64).cumsum())


def read_words(record: bytes) -> Words:
    """Read the tokens of one record.

    Raises:
        ValueError: it is no record.
    """
    return _words(_token_bytes(record))


def _token_bytes(record: bytes) -> bytes:
    begin = 2 + 2 * sentence_count(record)
    if len(record) < begin or (len(record) - begin) % 3:
        raise ValueError("a record's length does not fit its sentence count")
    return record[begin:]


def _words(packed: bytes) -> Words:
    # Every third byte begins a four-byte word, of which the last byte is the next token's.
    return np.ndarray((len(packed) // 3,), "<u4", packed + b"\0", 0, (3,)) & _TOKEN


def ids_of(words: Words) -> Hashes:
    """The 20-bit hashes of tokens."""
    return (words >> _CLASS_BITS).astype(np.uint64)


def classes_of(words: Words) -> npt.NDArray[np.intp]:
    """The classes of tokens, 0 to 15."""
    return (words & _CLASS).astype(np.intp)


def are_anchors(words: Words) -> npt.NDArray[np.bool_]:
    """Which tokens are anchors."""
    return (_ANCHORS >> (words & _CLASS) & _ONE).astype(bool)


def sentence_count(record: bytes) -> int:
    """The number of sentences of a record.

    Raises:
        ValueError: it is no record.
    """
    if len(record) < 2:
        raise ValueError("a record has a sentence count")
    return int(struct.unpack_from("<H", record)[0])


def sentence_lengths(record: bytes) -> npt.NDArray[np.int64]:
    """Tokens in each sentence of a record that could be read."""
    count = sentence_count(record)
    return np.frombuffer(record, dtype="<u2", count=count, offset=2).astype(np.int64)
