"""Text to tokens: normalised words, each with a stable id, a rarity, a kind and its sentence."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import xxhash

from service.text.capitals import is_name
from service.text.language_groups import language_group
from service.text.numbers.inflected import inflected_to_digits
from service.text.numbers.numerals import join_groups, normalise_number
from service.text.numbers.spelled import PERCENT, spelled_to_digits
from service.text.rarity import UNKNOWN_ZIPF, zipf_by_hash, zipf_by_length, zipf_table
from service.text.script import plain_script
from service.text.spelling import TRANSLITERATED, normalise_spelling, without_elision
from service.text.stems import stemmer, without_clitic
from service.text.word_segmentation import SEGMENTED, word_segmenter


def _marks() -> str:
    """The ranges, as in a pattern, of combining marks, which belong to the letter before them.

    Those of the basic plane: with others, `re` would compare each character with each range.
    """
    marks = [n for n in range(0x300, 0xFFFF) if unicodedata.category(chr(n))[0] == "M"]
    begins = [n for n in marks if unicodedata.category(chr(n - 1))[0] != "M"]
    ends = [n for n in marks if unicodedata.category(chr(n + 1))[0] != "M"]
    return "".join(f"{chr(a)}-{chr(b)}" for a, b in zip(begins, ends, strict=True))


# Scripts written without spaces. In Chinese and Japanese a token is a word. In Thai, Lao, Burmese
# and Khmer it is three neighbouring letters with their marks, and each letter begins one.
_SOUTH_EAST_ASIAN = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_UNSPACED = rf"{_SOUTH_EAST_ASIAN}\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_MARKS = _marks()
_UNSPACED_TEXT = re.compile(rf"[{_UNSPACED}]+")
_IN_SOUTH_EAST_ASIA = re.compile(rf"[{_SOUTH_EAST_ASIAN}]")
_NOT_PLAIN = re.compile(rf"[{_UNSPACED}{_MARKS}]")
_CLUSTER = re.compile(rf"[^{_MARKS}][{_MARKS}]*")
_CLUSTERS = 3
# A word may contain a dot inside an abbreviation, and an apostrophe before a letter.
_INSIDE = r"[.](?=[^\W\d_][.])|['’](?=[^\W\d_])"
_NUMBER_OR_PERCENT = r"%|\d+(?:[.,\u00a0\u202f]\d+)*"
_ENDS, _CLOSES = r"[.!?…؟۔।॥።։]", r"[\"'”’»)\]]*"
_OPENS = r"(?=[^\W_a-zß-ÿа-џ]|[\"'“‘«(\[¿¡])"

# Faster patterns for texts without these scripts and marks, which are most. They match the same as
# the general ones below in less than half the time, because they need no class of these characters,
# match letters in sequences, and reject most positions by the first character. No group is
# possessive: Python before 3.11.5 matches one that has alternatives wrongly (gh-106052).
_SPACED_TOKEN = re.compile(rf"[^\W\d_][^\W_]*+(?:(?:{_INSIDE})[^\W_]*+)*|{_NUMBER_OR_PERCENT}")
_SPACED_END = re.compile(rf"({_ENDS}){_CLOSES}\s+{_OPENS}")

_TOKEN = re.compile(
    rf"[{_UNSPACED}]+|{_NUMBER_OR_PERCENT}"
    rf"|[^\W\d_{_UNSPACED}](?:[^\W_{_UNSPACED}]|[{_MARKS}]|{_INSIDE})*"
)
_SENTENCE_END = re.compile(rf"(?<={_ENDS}){_CLOSES}\s+{_OPENS}|[。។။]|(?<=[{_UNSPACED}][!?])|\n+")
_POSSESSIVE = re.compile(r"['’]s?$|['’]s(?=$)")
_APOSTROPHE = re.compile(r"['’.]")

NUMBER_ZIPF = 3.0
"""Numbers have the weight of rare words, because stories made from one template differ in them."""

_PERCENT_ZIPF = 5.0

NAME_ZIPF = {"ar": 3.0}
"""Languages without capitals in which a word that is rarer than this Zipf frequency, or not listed,
counts as a name. In others nothing shows names, so that a text has none: Chinese and Japanese
copies write a name now as it is spelled at home, now as it is pronounced, and segmentation cuts it.
"""

_OTHER_SCRIPTS = frozenset(
    {"am", "ar", "be", "bg", "bn", "el", "fa", "gu", "he", "hi", "hy", "ja", "ka", "kk", "km", "kn"}
    | {"ko", "ky", "lo", "mk", "ml", "mn", "mr", "my", "ne", "or", "pa", "ps", "ru", "si", "ta"}
    | {"te", "th", "ti", "ug", "uk", "ur", "zh"}
)
"""Languages that are not written in Latin letters."""

CACHE_LIMIT = 200_000
"""Words of a language that are kept with what they are normalised to."""

PLAIN, NAME, NUMBER = 0, 1, 2
"""Kinds of token: a word, a name (a capitalised word, not the first of its sentence), a number."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one text, in order; all arrays have the same length.

    Attributes:
        ids: uint64, a hash of the normalised token.
        zipf: float32, Zipf frequency (see `rarity`).
        kinds: uint8, PLAIN, NAME or NUMBER.
        sentences: uint16, index of the sentence, from 0.
    """

    ids: npt.NDArray[np.uint64]
    zipf: npt.NDArray[np.float32]
    kinds: npt.NDArray[np.uint8]
    sentences: npt.NDArray[np.uint16]

    def __len__(self) -> int:
        return len(self.ids)


class SentenceWords(NamedTuple):
    """The words of one sentence, in their plain script (see `plain_script`), with numbers in digits
    and "percent" as a sign.

    Attributes:
        words: text without spaces is cut into tokens.
        cut: such text, and words beside it, each with its tokens, which are `words` in all; None
            for a text that has none.
    """

    words: Sequence[str]
    cut: Sequence[tuple[str, Sequence[str]]] | None


def tokenize(text: str, language: str, limit: int) -> Tokens:
    """Split a text into at most `limit` tokens.

    Words are normalised, to remove differences that syndication and translation make without
    changing the word: case, accents, possessives, elided articles, dots in abbreviations,
    spelled-out numbers, digit grouping, listed variants of names.

    Args:
        language: BCP 47 tag; only the primary subtag counts.
    """
    return tokens_of(words_by_sentence(text, language, limit), language, limit)


def tokens_of(sentences: Iterable[SentenceWords], language: str, limit: int) -> Tokens:
    """Return at most `limit` tokens of a text whose words are found already; see `tokenize`.

    Args:
        sentences: as returned by `words_by_sentence`, with the same limit.
    """
    language = language_group(language)
    normalised = _normalised_words(language)
    if len(normalised) > CACHE_LIMIT:
        normalised.clear()
    found: list[tuple[int, float, int]] = []
    lengths: list[int] = []
    for words, _ in sentences:
        found.extend(map(normalised.__getitem__, words))
        lengths.append(len(words))
    columns = tuple(zip(*found[:limit], strict=True)) or ((), (), ())
    kinds = np.array(columns[2], dtype=np.uint8)
    if language not in NAME_ZIPF:  # the first word of a sentence is capitalised anyway
        begins = np.cumsum([0, *lengths])[:-1]
        begins = begins[begins < len(kinds)]
        kinds[begins[kinds[begins] == NAME]] = PLAIN
    sentence = np.repeat(np.arange(len(lengths)), np.array(lengths, dtype=np.int64))[:limit]
    return Tokens(
        np.array(columns[0], dtype=np.uint64),
        np.array(columns[1], dtype=np.float32),
        kinds,
        np.minimum(sentence, 0xFFFF).astype(np.uint16),
    )


def words_by_sentence(text: str, language: str, limit: int) -> Iterator[SentenceWords]:
    """The words of each sentence that has any, up to the sentence that reaches `limit` words.

    Args:
        language: BCP 47 tag; only the primary subtag counts.
    """
    language = language_group(language)
    text = plain_script(join_groups(text, language), language)
    not_plain = not text.isascii() and _NOT_PLAIN.search(text) is not None
    unspaced = not_plain and _UNSPACED_TEXT.search(text) is not None
    if not_plain:
        sentences, find_words = _SENTENCE_END.split(text), _TOKEN.findall
    else:
        sentences = _SPACED_END.sub(r"\1\n", text).replace("。", "\n").split("\n")
        find_words = _SPACED_TOKEN.findall
    count = 0
    for sentence in sentences:
        words = inflected_to_digits(spelled_to_digits(find_words(sentence), language), language)
        cut = None
        if unspaced:
            cut = [(word, tuple(pieces_of(word, language))) for word in words]
            words = list(chain.from_iterable(pieces for _, pieces in cut))
        if words:
            yield SentenceWords(words, cut)
            count += len(words)
            if count >= limit:
                return


def pieces_of(word: str, language: str) -> Iterable[str]:
    """The tokens of a word; several if it is text in a script without spaces."""
    if _UNSPACED_TEXT.match(word) is None:
        return (word,)
    if _IN_SOUTH_EAST_ASIA.match(word) is not None:
        clusters = _CLUSTER.findall(word)
        count = max(len(clusters) - _CLUSTERS + 1, 1)
        return ("".join(clusters[i : i + _CLUSTERS]) for i in range(count))
    if language in SEGMENTED:
        return word_segmenter(language).words_in(word)
    return (word[i : i + 2] for i in range(max(len(word) - 1, 1)))


class _NormalisedWords(dict[str, tuple[int, float, int]]):
    """Cache of the results of `_normalise` for the words of one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.table = zipf_table(language)

    def __missing__(self, word: str) -> tuple[int, float, int]:
        self[word] = normalised = _normalise(word, self.language, self.table)
        return normalised


@lru_cache(maxsize=64)
def _normalised_words(language: str) -> _NormalisedWords:
    return _NormalisedWords(language)


def _normalise(word: str, language: str, table: Mapping[str, float]) -> tuple[int, float, int]:
    """Id, Zipf frequency and kind of a word as printed."""
    if word[0].isdigit():
        normalised = normalise_number(word)
        return xxhash.xxh3_64_intdigest(normalised.encode()), NUMBER_ZIPF, NUMBER
    if word == PERCENT:
        return xxhash.xxh3_64_intdigest(PERCENT.encode()), _PERCENT_ZIPF, PLAIN
    if _UNSPACED_TEXT.match(word) is not None and (not table or _IN_SOUTH_EAST_ASIA.match(word)):
        token = xxhash.xxh3_64_intdigest(normalise_spelling(word, language).encode())
        return token, zipf_by_hash(token), PLAIN
    word = without_elision(word, language)
    lowered = _POSSESSIVE.sub("", word).casefold()
    whole = plain = _APOSTROPHE.sub("", lowered)
    if language in TRANSLITERATED:
        whole = plain = normalise_spelling(plain, language)
    stem = stemmer(language)
    if stem is not None:
        lowered = plain = without_clitic(stem(plain), language, table)
    normalised = normalise_spelling(plain, language)
    zipf = table.get(lowered) or table.get(plain) or table.get(normalised)
    rare_name = (zipf or 0.0) < NAME_ZIPF.get(language, 0.0)
    if zipf is None:
        zipf = UNKNOWN_ZIPF if table else zipf_by_length(normalise_spelling(whole, language))
    kind = NAME if rare_name or is_name(word, whole, language) else PLAIN
    if language in _OTHER_SCRIPTS and word.isascii():
        kind = PLAIN  # in another copy the name may be in the script of the language
    return xxhash.xxh3_64_intdigest(normalised.encode()), zipf, kind
