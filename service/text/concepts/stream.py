"""Text to a stream of concepts: for each token up to four ids that do not depend on its language.

A token is a number; or a name, by its consonants; or one or two English words, by the lexicon; a
name may be both. What is none of these is left out: a word that the lexicon lacks says nothing.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt
import xxhash

from service.text.concepts.foreign_names import PIECES, RUN
from service.text.concepts.lexicon import (
    english_stem,
    lexicon,
    listed_key,
    month_key,
    prefix_key,
)
from service.text.concepts.lexicon import word_key as key_of
from service.text.concepts.listed import LANGUAGES, listed_forms
from service.text.concepts.skeleton import skeleton
from service.text.language_groups import language_group
from service.text.loading import loading
from service.text.numbers.numerals import normalise_number
from service.text.packed import MAX_TOKENS
from service.text.rarity import UNKNOWN_ZIPF, zipf_table
from service.text.stems import stemmer
from service.text.tokens import CACHE_LIMIT, SentenceWords, words_by_sentence

WORD, NAME, NUMBER = 0, 1, 2
"""Kinds of id."""

MAX_IDS = 1500
"""Longer texts are compared by their first 1,500 ids: some 2,000 words."""

COMMON_ZIPF = 5.8
"""English words more frequent than this (on the Zipf scale) are no concepts: every text has
them."""

NAME_ZIPF = 4.3
"""A capitalised word is a name only below this frequency at the beginning of a sentence, and in
English also where it is a word that other languages translate: President, Court."""

_KIND_BITS = np.uint32(24)
_MASK = (1 << 24) - 1

_HANGUL = re.compile(r"[가-힣]+")
_APOSTROPHE = re.compile(r"['’.]")
_CYRILLIC_ENDING = re.compile(
    r"(?<=.{4})(?:ом|ам|ами|ах|ями|ях|ям|ем|єм|им|им|ими|ым|ыми|их|ых|ого|ему|ому)$"
)
_CZECH_ENDING = re.compile(r"(?<=.{4})(?:ovi|em|ům|ech|ách|ami|ové|ová|ovou)$")


@dataclass(frozen=True, slots=True)
class Concepts:
    """The ids of one text, in order; all arrays have the same length.

    Attributes:
        ids: uint32, kind in the upper eight bits.
        weights: float32, information of an id: about 1 (common) to 4 (rare).
        tokens: int32, index of the token that an id is of.
        sentences: int32, index of the sentence.
        words: number of tokens of the text.
    """

    ids: npt.NDArray[np.uint32]
    weights: npt.NDArray[np.float32]
    tokens: npt.NDArray[np.int32]
    sentences: npt.NDArray[np.int32]
    words: int

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def kinds(self) -> npt.NDArray[np.uint32]:
        """Kind of each id."""
        return self.ids >> _KIND_BITS


_ID = np.dtype([("id", "<u4"), ("weight", "<f4")])
_SIZE = _ID.itemsize


def concepts(text: str, language: str) -> Concepts:
    """Return the concepts of a text.

    Args:
        language: BCP 47 tag; only the primary subtag counts; `und` is treated as English.
    """
    return concepts_of(words_by_sentence(text, language, MAX_TOKENS), language)


def concepts_of(text: Iterable[SentenceWords], language: str) -> Concepts:
    """Return the concepts of a text whose words are found already; see `concepts`.

    Args:
        text: as returned by `words_by_sentence`, up to `MAX_TOKENS` words.
    """
    language = language_group(language)
    known = _words(language)
    first = known.first
    if len(known) > CACHE_LIMIT:
        known.clear()
        first.clear()
    found: list[bytes] = []
    lengths: list[int] = []
    for words in concept_words(text, language):
        begin = len(found)
        found.extend(map(known.__getitem__, words))
        found[begin] = first[words[0]]
        lengths.append(len(words))
    ids = np.frombuffer(b"".join(found), _ID)[:MAX_IDS]
    counts = np.fromiter(map(len, found), np.int64, len(found)) // _SIZE
    tokens = np.arange(len(found), dtype=np.int32).repeat(counts)[:MAX_IDS]
    sentences = np.arange(len(lengths), dtype=np.int32).repeat(lengths)
    return Concepts(
        ids=np.ascontiguousarray(ids["id"]),
        weights=np.ascontiguousarray(ids["weight"]),
        tokens=tokens,
        sentences=sentences[tokens],
        words=len(found),
    )


def concept_words(text: Iterable[SentenceWords], language: str) -> Iterator[Sequence[str]]:
    """Return the words of each sentence that has any, as concepts are made of them.

    Args:
        text: as for `concepts_of`.
        language: group of the language.
    """
    pieces = PIECES.get(language)
    for words, cut in text:
        if cut is not None and pieces is not None:
            words = [piece for word, as_signed in cut for piece in pieces(word, as_signed)]
        if words:
            yield words


class _FirstWords(dict[str, bytes]):
    """As `_Words`, for the first words of sentences."""

    def __init__(self, words: "_Words") -> None:
        self._words = words

    def __missing__(self, word: str) -> bytes:
        self[word] = ids = self._words.of_first(word)
        return ids


class _Words(dict[str, bytes]):
    """Cache of the ids of the words of one language with their weights: one piece of memory a word,
    as most time is spent in waiting for it."""

    def __init__(self, language: str) -> None:
        self.first = _FirstWords(self)
        self.language = language
        self.english = language in ("en", "und")
        self.lexicon = lexicon()
        self.weights = _weights()
        self.stem = stemmer(language) if language == "ar" else None
        self.stemmed = stemmer(language) or str
        self.frequencies = zipf_table(language)

    def __missing__(self, word: str) -> bytes:
        self[word] = ids = np.array(list(self._ids(word)), _ID).tobytes()
        return ids

    def of_first(self, word: str) -> bytes:
        """Return the ids of a word at the beginning of a sentence."""
        if not self._only_if_inside(word):
            return self[word]
        kept = [each for each in self._ids(word) if each[0] >> 24 != NAME]
        return np.array(kept, _ID).tobytes()

    def _only_if_inside(self, word: str) -> bool:
        """True if a capitalised word is no name at the beginning of a sentence: a frequent word."""
        if not word[0].isupper():
            return False
        lowered = word.casefold()
        if self.english:
            return _zipf().get(lowered, 0.0) >= NAME_ZIPF
        return self.frequencies.get(self.stemmed(lowered), 0.0) >= NAME_ZIPF

    def _ids(self, word: str) -> Iterable[tuple[int, float]]:
        if word[0].isdigit():
            yield _number(normalise_number(word))
            return
        lowered = _APOSTROPHE.sub("", word.casefold()) if not self.english else _bare(word)
        if not lowered:
            return
        capital = word[0].isupper()
        if (capital or not self.english) and (month := self.lexicon.months.get(month_key(lowered))):
            yield _number(str(month))
        found = self._concepts(lowered, capital=capital)
        for index in found:
            weight = self.weights[index]
            if weight > 0:
                yield WORD << 24 | index, weight / len(found)
        yield from self._name(word, lowered, found, capital=capital)

    def _concepts(self, word: str, *, capital: bool) -> tuple[int, ...]:
        lexicon = self.lexicon
        if self.english:
            own = lexicon.of_english(word)
            return () if own is None else (own,)
        if self.language in LANGUAGES:
            for form in listed_forms(word, self.language):
                if found := lexicon.find(listed_key(form, self.language)):
                    return found
        found = lexicon.find(key_of(word))
        if not found and self.stem is not None:
            found = lexicon.find(key_of(self.stem(word)))
        if not found and _HANGUL.fullmatch(word) is not None:
            for end in range(len(word) - 1, 1, -1):
                if found := lexicon.find(key_of(word[:end])):
                    break
        elif not found and word.isascii() and (own := lexicon.of_english(word)) is not None:
            return (own,)
        if not found and (not capital or self.language == "de"):
            prefix = prefix_key(word)
            found = () if prefix is None else lexicon.find(prefix)
        return found

    def _name(
        self, word: str, lowered: str, found: tuple[int, ...], *, capital: bool
    ) -> Iterable[tuple[int, float]]:
        cased = word[0].lower() != word[0].upper()
        runs = self.language in ("zh", "ja")
        listed = [self.lexicon.concepts[index] for index in found]
        named = [name for name in listed if name[0].isupper()]
        if cased and not capital:
            return
        if named and not self.english:
            sound = skeleton(named[0])
        elif (listed and not named and self._is_translated(lowered)) or (
            not cased and runs and RUN.fullmatch(word) is None
        ):
            return
        else:
            sound = skeleton(_without_ending(lowered))
        if sound:
            yield NAME << 24 | sound, _name_weight(sound) * (1.0 if cased or runs else _UNSURE)

    def _is_translated(self, word: str) -> bool:
        """True if a listed word is one that other languages translate, though it has a capital."""
        return not self.english or _zipf().get(word, 0.0) >= NAME_ZIPF


_UNSURE = 0.6
"""Share of its weight that a name has in a script that does not show which words are names."""

_NUMBER_WEIGHTS = (1.0, 2.0, 2.7, 2.7)
_NUMBER_WEIGHT = 3.3
_YEAR = re.compile(r"20[0-3]\d")
_YEAR_WEIGHT = 1.6


def _name_weight(sound: int) -> float:
    """Weight of a name: the more consonants, the fewer other names have the same ones."""
    consonants = (sound.bit_length() + 2) // 3
    return min(1.6 + 0.7 * (consonants - 3), 3.7)


def _number(normalised: str) -> tuple[int, float]:
    weight = _NUMBER_WEIGHT
    if len(normalised) <= len(_NUMBER_WEIGHTS):
        weight = _NUMBER_WEIGHTS[len(normalised) - 1]
    if _YEAR.fullmatch(normalised):
        weight = _YEAR_WEIGHT
    return NUMBER << 24 | xxhash.xxh3_64_intdigest(normalised.encode()) & _MASK, weight


def _bare(word: str) -> str:
    lowered = word.casefold().replace("’", "'")
    return lowered.removesuffix("'s").removesuffix("'").replace("'", "").replace(".", "")


def _without_ending(word: str) -> str:
    return _CZECH_ENDING.sub("", _CYRILLIC_ENDING.sub("", word))


@lru_cache(maxsize=64)
def _words(language: str) -> _Words:
    return _Words(language)


@cache
@loading()
def _zipf() -> Mapping[str, float]:
    """Zipf frequencies of English words, with those of all forms of a stem under the stem."""
    shares: dict[str, float] = {}
    for word, zipf in zipf_table("en").items():
        stem = "~" + english_stem(word)
        shares[stem] = shares.get(stem, 0.0) + 10.0**zipf
    table = {stem: float(np.log10(share)) for stem, share in shares.items()}
    return table | dict(zipf_table("en"))


@cache
@loading()
def _weights() -> list[float]:
    """Weight of each concept of the lexicon: 0 if it is too common."""
    zipf = _zipf()
    found = [zipf.get("~" + concept.lower(), UNKNOWN_ZIPF) for concept in lexicon().concepts]
    return [0.0 if each > COMMON_ZIPF else min(max(7.0 - each, 0.5), 4.0) for each in found]
