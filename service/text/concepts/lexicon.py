"""The lexicon: what words of many languages are called in English.

It ships with the package as one file, made by `make lexicon` from the words and vectors of a
multilingual sentence encoder, from lists of words that were written for it, and from tables of
names; see NOTICE. It holds hashes of words, never the words of other languages themselves, and for
each one or two English concepts. A concept is an English word without its endings, or a name; names
begin with a capital.

Words are looked up in the list of their language, if it has one (`service.text.concepts.listed`),
and then as `service.text.script.plain_script` leaves them, in lower case. Where one is not listed,
its first letters are looked up, in Latin transliteration: languages with many endings have more
forms of a word than any list.
"""

import lzma
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt
import Stemmer  # type: ignore[import-not-found]
import xxhash
from anyascii import anyascii

from service.text.loading import loading

FILE = "lexicon.bin"

PREFIX_LETTERS = 5
"""Letters of a word in transliteration by which it is looked up if it is not listed."""

NOTHING = 0xFFFF
"""Stands in the table for a second concept where there is none."""

_HEADER = struct.Struct("<II")
_PRESET = 9 | lzma.PRESET_EXTREME


def word_key(word: str) -> int:
    """Return the key, 32 bits, of a word in lower case."""
    return xxhash.xxh3_64_intdigest(word.encode()) & 0xFFFFFFFF


def prefix_key(word: str) -> int | None:
    """Return the key of the first letters of a word in lower case; None if it has no more letters
    than these, so that they would be the word itself."""
    latin = "".join(c for c in anyascii(word).lower() if c.isalpha())
    return word_key("^" + latin[:PREFIX_LETTERS]) if len(latin) > PREFIX_LETTERS else None


def listed_key(stem: str, language: str) -> int:
    """Return the key of a word in the written list of its language, see
    `service.text.concepts.listed`."""
    return word_key(f"{language}:{stem}")


def month_key(word: str) -> int:
    """Return the key of the name of a month, in lower case."""
    return word_key("#" + word)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The table.

    Attributes:
        concepts: English words without endings, and names.
        keys: of the words of all languages, ascending.
        first, second: index in `concepts` of what each is; `NOTHING` for no second.
        months: number of the month by key of its name.
        numbers: index in `concepts` by concept, in lower case.
    """

    concepts: Sequence[str]
    keys: npt.NDArray[np.uint32]
    first: npt.NDArray[np.uint16]
    second: npt.NDArray[np.uint16]
    months: Mapping[int, int]
    numbers: Mapping[str, int]

    def find(self, key: int) -> tuple[int, ...]:
        """Return the concepts with a key: none, one or two."""
        place = int(self.keys.searchsorted(np.uint32(key)))
        if place == len(self.keys) or int(self.keys[place]) != key:
            return ()
        second = int(self.second[place])
        first = int(self.first[place])
        return (first,) if second == NOTHING else (first, second)

    def of_english(self, word: str) -> int | None:
        """Return the concept of an English word in lower case; None if no other language has it."""
        return self.numbers.get(english_stem(word))


@cache
def _english_stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english")


def english_stem(word: str) -> str:
    """Return an English word in lower case without its endings (Snowball)."""
    stem: str = _english_stemmer().stemWord(word)
    return stem


def pack_lexicon(
    rows: Mapping[int, Sequence[str]], months: Mapping[int, int], order: Iterable[str]
) -> bytes:
    """Return the file of a table.

    Args:
        rows: one or two concepts by key.
        months: number by key.
        order: the concepts, each once.

    Raises:
        ValueError: there are too many concepts.
    """
    concepts = list(order)
    if len(concepts) >= NOTHING:
        raise ValueError(f"{len(concepts)} concepts do not fit in two bytes")
    number = {concept: index for index, concept in enumerate(concepts)}
    keys = np.array(sorted(rows), dtype="<u4")
    steps = np.diff(keys, prepend=np.uint32(0)).astype("<u4").view(np.uint8).reshape(-1, 4)
    first = np.array([number[rows[int(key)][0]] for key in keys], dtype="<u2")
    second = np.array(
        [number[rows[int(key)][1]] if len(rows[int(key)]) > 1 else NOTHING for key in keys],
        dtype="<u2",
    )
    ordered = sorted(months.items())
    named = np.array(ordered, dtype="<u4").reshape(-1, 2)
    body = (
        _HEADER.pack(len(keys), len(named))
        + steps.T.tobytes()
        + first.tobytes()
        + second.tobytes()
        + named.tobytes()
        + "\n".join(concepts).encode()
    )
    return lzma.compress(body, preset=_PRESET)


def read_lexicon(packed: bytes) -> Lexicon:
    """Return the table of a file.

    Raises:
        ValueError: the file is not one that `pack_lexicon` made.
    """
    try:
        body = lzma.decompress(packed)
        count, named = _HEADER.unpack_from(body)
        at = _HEADER.size
        planes = np.frombuffer(body, np.uint8, 4 * count, at).reshape(4, count)
        steps = np.ascontiguousarray(planes.T).view("<u4").ravel()
        at += 4 * count
        first = np.frombuffer(body, "<u2", count, at)
        second = np.frombuffer(body, "<u2", count, at + 2 * count)
        at += 4 * count
        months = np.frombuffer(body, "<u4", 2 * named, at).reshape(-1, 2)
        concepts = body[at + 8 * named :].decode().split("\n")
    except (lzma.LZMAError, struct.error) as error:
        raise ValueError("not a lexicon") from error
    return Lexicon(
        concepts=concepts,
        keys=steps.cumsum(dtype=np.uint32),
        first=first,
        second=second,
        months={int(key): int(number) for key, number in months},
        numbers={concept.lower(): index for index, concept in enumerate(concepts)},
    )


@cache
@loading()
def lexicon() -> Lexicon:
    """Return the table of this version."""
    return read_lexicon(files(__package__).joinpath(FILE).read_bytes())
