"""Text to tokens: folded words with a stable id, a rarity, and the sentence each stands in."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import xxhash

from service.story.numerals import fold_number, spelled_out
from service.story.rarity import UNKNOWN_ZIPF, zipf_table

# Scripts written without spaces: there a token is a pair of neighbouring characters.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
)
_TOKEN = re.compile(
    rf"[{_UNSPACED}]+"
    r"|\d+(?:[.,\u00a0\u202f]\d+)*"
    rf"|[^\W\d_{_UNSPACED}](?:[^\W_{_UNSPACED}]|[.](?=[^\W\d_][.])|['’](?=[^\W_]))*"
)
_UNSPACED_RUN = re.compile(rf"[{_UNSPACED}]")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’»)\]]*\s+(?=[^\W_a-zß-ÿ]|[\"'“‘«(\[¿¡])|[。！？]|\n+")
_POSSESSIVE = re.compile(r"['’]s?$|['’]s(?=$)")
_APOSTROPHE = re.compile(r"['’.]")

NUMBER_ZIPF = 3.0
"""Numbers weigh as rare words do: they are what template stories differ by."""

_CACHE_LIMIT = 200_000
_folded: dict[str, dict[str, tuple[int, float, int]]] = {}

PLAIN, NAME, NUMBER = 0, 1, 2
"""Kinds of token: a word, a capitalised word inside a sentence, a number."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one text, in order; all arrays have the same length.

    Attributes:
        ids: uint64, a hash of the folded token.
        zipf: float32, its frequency (see `rarity`).
        kinds: uint8, PLAIN, NAME or NUMBER.
        sentences: uint16, running number of the sentence.
    """

    ids: npt.NDArray[np.uint64]
    zipf: npt.NDArray[np.float32]
    kinds: npt.NDArray[np.uint8]
    sentences: npt.NDArray[np.uint16]

    def __len__(self) -> int:
        return len(self.ids)


def tokenize(text: str, language: str, limit: int) -> Tokens:
    """Cut a text into at most `limit` tokens.

    Folding takes away what syndication and translation change without changing the word: case,
    accents, possessives, dots in abbreviations, spelled-out small numbers, digit grouping.
    """
    text = unicodedata.normalize("NFKC", text)
    table = zipf_table(language)
    cache = _folded.setdefault(language, {})
    if len(cache) > _CACHE_LIMIT:
        cache.clear()
    ids: list[int] = []
    zipf: list[float] = []
    kinds: list[int] = []
    sentences: list[int] = []
    number = 0
    for sentence in _SENTENCE_END.split(text):
        if not sentence:
            continue
        first = True
        for word in _TOKEN.findall(sentence):
            pieces = (word,)
            if _UNSPACED_RUN.match(word) and len(word) > 1:
                pieces = tuple(word[i : i + 2] for i in range(len(word) - 1))
            for piece in pieces:
                known = cache.get(piece)
                if known is None:
                    known = cache[piece] = _fold(piece, language, table)
                ids.append(known[0])
                zipf.append(known[1])
                kinds.append(PLAIN if first and known[2] == NAME else known[2])
                sentences.append(number)
                first = False
        if not first:
            number += 1
        if len(ids) >= limit:
            break
    return Tokens(
        np.array(ids[:limit], dtype=np.uint64),
        np.array(zipf[:limit], dtype=np.float32),
        np.array(kinds[:limit], dtype=np.uint8),
        np.minimum(np.array(sentences[:limit], dtype=np.int64), 0xFFFF).astype(np.uint16),
    )


def _fold(word: str, language: str, table: Mapping[str, float]) -> tuple[int, float, int]:
    """Id, frequency and kind of one token as printed."""
    if word[0].isdigit():
        folded = fold_number(word)
        return xxhash.xxh3_64_intdigest(folded.encode()), NUMBER_ZIPF, NUMBER
    lowered = _POSSESSIVE.sub("", word).casefold()
    digits = spelled_out(lowered, language)
    if digits is not None:
        return xxhash.xxh3_64_intdigest(digits.encode()), NUMBER_ZIPF, NUMBER
    plain = _APOSTROPHE.sub("", lowered)
    stripped = "".join(
        c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c)
    )
    zipf = table.get(lowered) or table.get(plain) or table.get(stripped) or UNKNOWN_ZIPF
    kind = NAME if word[0].isupper() else PLAIN
    return xxhash.xxh3_64_intdigest(stripped.encode()), zipf, kind
