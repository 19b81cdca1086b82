"""Text to tokens: folded words with a stable id, a rarity, and the sentence each stands in."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import xxhash

from service.story.capitals import is_name
from service.story.number_words import fold_number_words
from service.story.numerals import fold_number, join_groups
from service.story.rarity import UNKNOWN_ZIPF, zipf_table
from service.story.script import plain_script
from service.story.segment import SEGMENTED, cutter
from service.story.spelled import PERCENT, fold_spelled
from service.story.spelling import fold_spelling, without_elision
from service.story.stems import stemmer, without_clitic

# Scripts written without spaces. A token is a word in Chinese and Japanese, and in the others a
# pair of neighbouring characters.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
)
_UNSPACED_RUN = re.compile(rf"[{_UNSPACED}]+")
# A word goes on over a dot inside an abbreviation and over an apostrophe before a letter.
_INSIDE = r"[.](?=[^\W\d_][.])|['’](?=[^\W\d_])"
_NUMBER_OR_PERCENT = r"%|\d+(?:[.,\u00a0\u202f]\d+)*"
_ENDS, _CLOSES = r"[.!?…؟۔]", r"[\"'”’»)\]]*"
_OPENS = r"(?=[^\W_a-zß-ÿа-џ]|[\"'“‘«(\[¿¡])"

# Most texts hold none of these scripts. Their patterns find the same as the general ones below in
# less than half the time: no class of them to ask for each letter, letters in runs, and a first
# character by which most places are passed over.
_SPACED_TOKEN = re.compile(rf"[^\W\d_][^\W_]*+(?:(?:{_INSIDE})[^\W_]*+)*+|{_NUMBER_OR_PERCENT}")
_SPACED_END = re.compile(rf"({_ENDS}){_CLOSES}\s+{_OPENS}")

_TOKEN = re.compile(
    rf"[{_UNSPACED}]+|{_NUMBER_OR_PERCENT}"
    rf"|[^\W\d_{_UNSPACED}](?:[^\W_{_UNSPACED}]|{_INSIDE})*"
)
_SENTENCE_END = re.compile(rf"(?<={_ENDS}){_CLOSES}\s+{_OPENS}|。|(?<=[{_UNSPACED}][!?])|\n+")
_POSSESSIVE = re.compile(r"['’]s?$|['’]s(?=$)")
_APOSTROPHE = re.compile(r"['’.]")

NUMBER_ZIPF = 3.0
"""Numbers weigh as rare words do: they are what template stories differ by."""

_PERCENT_ZIPF = 5.0

NAME_ZIPF = {"ar": 3.0, "ja": 2.0, "zh": 1.0}
"""Languages without capitals. There a name is a word that is not listed, or is rarer than this:
the lists (see `service.story.rarity`) know more or fewer of the names."""

_CACHE_LIMIT = 200_000

PLAIN, NAME, NUMBER = 0, 1, 2
"""Kinds of token: a word, a name (a capitalised word inside a sentence), a number."""


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
    accents, possessives, elided articles, dots in abbreviations, spelled-out numbers, digit
    grouping, known variants of names.
    """
    language = language.split("-")[0].lower()
    text = plain_script(join_groups(text, language), language)
    folded = _folded_words(language)
    if len(folded) > _CACHE_LIMIT:
        folded.clear()
    found: list[tuple[int, float, int]] = []
    lengths: list[int] = []
    for words in _sentences(text, language):
        found.extend(map(folded.__getitem__, words))
        lengths.append(len(words))
        if len(found) >= limit:
            break
    columns = tuple(zip(*found[:limit], strict=True)) or ((), (), ())
    kinds = np.array(columns[2], dtype=np.uint8)
    if language not in NAME_ZIPF:  # there a capital at the beginning of a sentence tells nothing
        begins = np.cumsum([0, *lengths])[:-1]
        begins = begins[begins < len(kinds)]
        kinds[begins[kinds[begins] == NAME]] = PLAIN
    sentences = np.repeat(np.arange(len(lengths)), np.array(lengths, dtype=np.int64))[:limit]
    return Tokens(
        np.array(columns[0], dtype=np.uint64),
        np.array(columns[1], dtype=np.float32),
        kinds,
        np.minimum(sentences, 0xFFFF).astype(np.uint16),
    )


def _sentences(text: str, language: str) -> Iterator[Sequence[str]]:
    """The words as printed of each sentence that has any, numbers and "percent" folded."""
    unspaced = not text.isascii() and _UNSPACED_RUN.search(text) is not None
    if unspaced:
        cut, find_words = _SENTENCE_END.split(text), _TOKEN.findall
    else:
        cut = _SPACED_END.sub(r"\1\n", text).replace("。", "\n").split("\n")
        find_words = _SPACED_TOKEN.findall
    for sentence in cut:
        words = fold_number_words(fold_spelled(find_words(sentence), language), language)
        if unspaced:
            words = [piece for word in words for piece in _pieces(word, language)]
        if words:
            yield words


def _pieces(word: str, language: str) -> Iterable[str]:
    """The tokens of a word: of a run of characters without spaces, several."""
    if _UNSPACED_RUN.match(word) is None:
        return (word,)
    if language in SEGMENTED:
        return cutter(language).words_in(word)
    return (word[i : i + 2] for i in range(max(len(word) - 1, 1)))


class _FoldedWords(dict[str, tuple[int, float, int]]):
    """What `_fold` makes of the words of a language, kept."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.table = zipf_table(language)

    def __missing__(self, word: str) -> tuple[int, float, int]:
        self[word] = folded = _fold(word, self.language, self.table)
        return folded


@lru_cache(maxsize=64)
def _folded_words(language: str) -> _FoldedWords:
    return _FoldedWords(language)


def _fold(word: str, language: str, table: Mapping[str, float]) -> tuple[int, float, int]:
    """Id, frequency and kind of one token as printed."""
    if word[0].isdigit():
        folded = fold_number(word)
        return xxhash.xxh3_64_intdigest(folded.encode()), NUMBER_ZIPF, NUMBER
    if word == PERCENT:
        return xxhash.xxh3_64_intdigest(PERCENT.encode()), _PERCENT_ZIPF, PLAIN
    word = without_elision(word, language)
    lowered = _POSSESSIVE.sub("", word).casefold()
    plain = _APOSTROPHE.sub("", lowered)
    stem = stemmer(language)
    if stem is not None:
        lowered = plain = without_clitic(stem(plain), language, table)
    folded = fold_spelling(plain, language)
    zipf = table.get(lowered) or table.get(plain) or table.get(folded)
    rare_name = (zipf or 0.0) < NAME_ZIPF.get(language, 0.0)
    kind = NAME if rare_name or is_name(word, plain, language, table) else PLAIN
    return xxhash.xxh3_64_intdigest(folded.encode()), zipf or UNKNOWN_ZIPF, kind
