"""The stored form of verification records: packs tokens, and unpacks those of many records at once.

A record has the number of sentences, their lengths, and three bytes for each token: 20 bits of its
hash and 4 bits of class (a number, or one of seven rarities of a word or of a name). In about a
quarter of all pairs of 500-word texts, two different words have the same 20 bits; that is one word
in a thousand, less than the noise.
"""

import base64
import struct
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from service.text.anchors import RARE_NAME_ZIPF, RARE_WORD_ZIPF
from service.text.hashing import Hashes
from service.text.tokens import NAME, NUMBER, Tokens

MAX_TOKENS = 3000
"""Longer texts are compared by their first 3,000 tokens, whose record is 9 kB."""

ID_BITS = np.uint64((1 << 20) - 1)
NUMBER_CLASS = 15
RARITIES = 7
EDGES = np.array([3.0, 3.5, RARE_WORD_ZIPF, 4.5, RARE_NAME_ZIPF, 6.0], dtype=np.float32)
"""Zipf frequencies that separate the rarities, rarest first."""

_MIDDLES = np.array([2.5, 3.25, 3.75, 4.25, 4.85, 5.6, 6.6], dtype=np.float32)
_ZIPF_OF_EVERY_WORD = 7.5

_CLASS_ZIPF = np.full(16, 3.0, dtype=np.float32)
_CLASS_ZIPF[:RARITIES] = _MIDDLES
_CLASS_ZIPF[RARITIES : 2 * RARITIES] = _MIDDLES

CLASS_NAME = np.arange(16) >= RARITIES
CLASS_NAME[NUMBER_CLASS] = False
"""True for the classes of names."""

CLASS_ANCHOR = (_CLASS_ZIPF < RARE_WORD_ZIPF) | (CLASS_NAME & (_CLASS_ZIPF < RARE_NAME_ZIPF))
CLASS_ANCHOR[NUMBER_CLASS] = True
"""True for the classes of anchors."""

# One bit for each class of anchors: shifting is faster than an array look-up.
_ANCHORS = np.uint32(sum(1 << int(each) for each in np.flatnonzero(CLASS_ANCHOR)))

CLASS_WEIGHT = np.maximum(_ZIPF_OF_EVERY_WORD - _CLASS_ZIPF, 0) * (_MIDDLES[-1] > _CLASS_ZIPF)
"""Information of a token by class: about 1 (common) to 5 (rare), and 0 for the most common."""

_CLASS_BITS = np.uint32(4)
_CLASS = np.uint32(15)
_ONE = np.uint32(1)
_TOKEN = np.uint32(0xFFFFFF)
_NO_TOPS = np.empty(0, dtype=np.uint16)


Words = npt.NDArray[np.uint32]
"""Packed tokens, 24 bits each."""


@dataclass(frozen=True, slots=True)
class PackedTokens:
    """The tokens of several records in one array, record after record.

    Attributes:
        words: the packed tokens.
        tops: the upper 16 bits of each token's 20-bit hash.
        sizes: number of tokens of each record.
        ends: index in `words` where each record ends (exclusive).
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
        """Index in `words` where a record begins."""
        return int(self.ends[record]) - self.sizes[record]


def pack(tokens: Tokens) -> str:
    """Pack the record of a text: sentence count, sentence lengths and tokens, in base64."""
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


def read_tokens(records: Sequence[bytes]) -> PackedTokens:
    """Unpack the tokens of several records, without sentence lengths.

    Args:
        records: as made by `pack`, decoded from base64.

    Raises:
        ValueError: a record is invalid.
    """
    parts = [_token_bytes(record) for record in records]
    packed = b"".join(parts)
    sizes = [len(part) // 3 for part in parts]
    # Bytes 2 and 3 of each token hold the hash without its lowest four bits.
    tops = np.ndarray((sum(sizes),), "<u2", packed, 1, (3,)) if packed else _NO_TOPS
    return PackedTokens(_words(packed), tops, sizes, np.array(sizes, dtype=np.int64).cumsum())


def read_words(record: bytes) -> Words:
    """Unpack the tokens of one record.

    Raises:
        ValueError: the record is invalid.
    """
    return _words(_token_bytes(record))


def _token_bytes(record: bytes) -> bytes:
    begin = 2 + 2 * sentence_count(record)
    if len(record) < begin or (len(record) - begin) % 3:
        raise ValueError("a record's length does not fit its sentence count")
    return record[begin:]


def _words(packed: bytes) -> Words:
    # Read overlapping four-byte integers, one every three bytes; the top byte belongs to the next
    # token and is masked.
    return np.ndarray((len(packed) // 3,), "<u4", packed + b"\0", 0, (3,)) & _TOKEN


def ids_of(words: Words) -> Hashes:
    """The 20-bit hashes of tokens."""
    return (words >> _CLASS_BITS).astype(np.uint64)


def classes_of(words: Words) -> npt.NDArray[np.intp]:
    """The classes (0 to 15) of tokens."""
    return (words & _CLASS).astype(np.intp)


def are_anchors(words: Words) -> npt.NDArray[np.bool_]:
    """True for each token that is an anchor."""
    return (_ANCHORS >> (words & _CLASS) & _ONE).astype(bool)


def sentence_count(record: bytes) -> int:
    """The number of sentences of a record.

    Raises:
        ValueError: the record is too short to have a sentence count.
    """
    if len(record) < 2:
        raise ValueError("a record has a sentence count")
    return int(struct.unpack_from("<H", record)[0])


def sentence_lengths(record: bytes) -> npt.NDArray[np.int64]:
    """Number of tokens in each sentence of a valid record."""
    count = sentence_count(record)
    return np.frombuffer(record, dtype="<u2", count=count, offset=2).astype(np.int64)
