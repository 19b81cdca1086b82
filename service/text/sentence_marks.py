"""Fingerprints of the sentences of a text, in at most 150 bytes, by which two versions of an
article are compared although only the newer text is at hand.

They are a Golomb-coded set (Putze, Sanders, Singler: Cache-, hash- and space-efficient Bloom
filters, 2007; the form is that of compact block filters in BIP 158): the hashes of n sentences are
scaled to the range n * 2**bits, sorted, and their differences are written in the Golomb-Rice code,
about bits + 1.5 bits each. A sentence that is not in the set is taken for one that is with a
probability of 2**-bits. Twelve bits are used where they fit, fewer for long texts, and at least
five: texts of more than about 130 sentences have no fingerprints, since what cannot be told apart
is not said to be the same.
"""

import base64
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import xxhash

MOST_BYTES = 111
"""Of the packed form; 148 in base64."""

_HEADER = 2
_MOST_BITS, _LEAST_BITS = 12, 5

MOST_SENTENCES = 255
"""No text with more has fingerprints, whatever its sentences."""

# Written so that each pattern begins with a set of characters: `re` looks for those fast.
_IN_NUMBER = re.compile(r"(\d)[.,:٫٬](?=\d)")
_MINUS = re.compile(r"[-−–](?<![\w)].)(?=\d)")
_POINT, _SIGN = r"\1_", "~"
_DROPPED = re.compile(r"[^\w\n~%$€£¥₹₽₩₺]")
_HAS_MARKS = re.compile(
    r"[\u0300-\u036f\u0483-\u0489\u0591-\u0eff\u0f18-\u109f\u1700-\u1cff\ua980-\uabff]"
)


class _Kept(dict[int, int | None]):
    """For `str.translate`: drops what `_DROPPED` does, but keeps combining marks, which no pattern
    of `re` counts as parts of a word."""

    def __missing__(self, code: int) -> int | None:
        letter = chr(code)
        kept = unicodedata.category(letter)[0] == "M" or _DROPPED.match(letter) is None
        self[code] = value = code if kept else None
        return value


_KEPT = _Kept()


def sentence_marks(sentences: Iterable[str]) -> list[int | None]:
    """Return the hash of each sentence, 64 bits; None for one that has no letter and no digit.

    Sentences that differ in case, white space or punctuation alone have the same; but a decimal
    point, a minus, a percent sign and a currency count.

    Args:
        sentences: without line breaks.
    """
    joined = "\n".join(sentences)
    if not joined:
        return []
    # All at once: a call for each sentence would take longer than its work.
    text = unicodedata.normalize("NFKC", joined)
    text = _MINUS.sub(_SIGN, _IN_NUMBER.sub(_POINT, text)).casefold()
    if not text.isascii() and _HAS_MARKS.search(text) is not None:
        text = text.translate(_KEPT)
    else:
        text = _DROPPED.sub("", text.replace(" ", ""))
    return [
        xxhash.xxh3_64_intdigest(line.encode("utf-8", "surrogatepass")) if line else None
        for line in text.split("\n")
    ]


def distinct_marks(sentences: Iterable[str]) -> list[int]:
    """Return the hashes of sentences, each once, in order."""
    return list(dict.fromkeys(mark for mark in sentence_marks(sentences) if mark is not None))


@dataclass(frozen=True, slots=True)
class KnownSentences:
    """The sentences of a text, by their fingerprints.

    Attributes:
        count: number of sentences.
        bits: see the module.
        values: the scaled hashes, ascending.
    """

    count: int
    bits: int
    values: Sequence[int]

    def __contains__(self, mark: int) -> bool:
        """Return True if the text has the sentence of a mark; wrongly with probability 2**-bits."""
        value = _scaled(mark, self.count, self.bits)
        at = bisect_left(self.values, value)
        return at < len(self.values) and self.values[at] == value

    def missing(self, marks: Iterable[int]) -> int:
        """Return how many of the sentences are none of these."""
        found = {_scaled(mark, self.count, self.bits) for mark in marks}
        return sum(value not in found for value in self.values)


def pack_marks(marks: Sequence[int]) -> str | None:
    """Return the fingerprints of sentences, packed in base64; None if they do not fit."""
    if len(marks) > MOST_SENTENCES:
        return None
    for bits in range(_MOST_BITS, _LEAST_BITS - 1, -1):
        code, length = _golomb(sorted(_scaled(mark, len(marks), bits) for mark in marks), bits)
        size = (length + 7) // 8
        if _HEADER + size <= MOST_BYTES:
            body = (code << (size * 8 - length)).to_bytes(size, "big")
            return base64.b64encode(bytes((bits, len(marks))) + body).decode()
    return None


def read_marks(packed: str) -> KnownSentences:
    """Return the sentences of packed fingerprints.

    Raises:
        ValueError: they are not what `pack_marks` returns.
    """
    data = base64.b64decode(packed, validate=True)
    if len(data) < _HEADER or not _LEAST_BITS <= data[0] <= _MOST_BITS:
        raise ValueError("no fingerprints of sentences")
    bits, count = data[0], data[1]
    stream = f"{int.from_bytes(data[_HEADER:], 'big'):0{8 * len(data[_HEADER:])}b}" if count else ""
    values: list[int] = []
    at = value = 0
    for _ in range(count):
        stop = stream.find("0", at)
        end = stop + 1 + bits
        if stop < 0 or end > len(stream):
            raise ValueError("fingerprints of sentences are cut off")
        value += (stop - at << bits) + int(stream[stop + 1 : end], 2)
        values.append(value)
        at = end
    return KnownSentences(count, bits, values)


def _scaled(mark: int, count: int, bits: int) -> int:
    return mark * (count << bits) >> 64


def _golomb(values: Iterable[int], bits: int) -> tuple[int, int]:
    """Return the differences of ascending values in the Golomb-Rice code: as a number, and its
    length in bits."""
    code = length = last = 0
    for value in values:
        high, low = divmod(value - last, 1 << bits)
        last = value
        code = (code << high + 1 | (1 << high) - 1 << 1) << bits | low
        length += high + 1 + bits
    return code, length
