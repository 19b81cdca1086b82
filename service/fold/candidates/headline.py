"""Headline keys, and the headlines by which a notice of withdrawal refers to its story."""

import re
import unicodedata
from collections.abc import Iterable

import numpy as np
import xxhash

from service.text.hashing import Hashes

_LEAST_WORDS = 4
"""Headlines of fewer words are names of sections and columns, which many articles have."""

_LEAST_CHARACTERS = 12
"""A headline of this length that is not ASCII is long enough, since a script may have no spaces."""

_MOST_WORDS = 40
_WORD = re.compile(r"\w+")
_COMBINING = re.compile(r"[\u0300-\u036f]")
_QUOTES = re.compile(
    r"[\"“”„«]\s?([^\"“”„«»\n]{12,300}?)\s?[\"“”»]|[‘‚]([^‘’\n]{12,300}?)’(?!\w)|「([^「」\n]{6,150})」"
)
_MOST_QUOTED = 8


def headline_keys(headlines: Iterable[str]) -> Hashes:
    """Return a 64-bit key of each headline that is long enough to identify a story, ascending.

    Headlines that differ only in case, accents, punctuation or white space have the same key.
    """
    keys = []
    for headline in headlines:
        plain = _COMBINING.sub("", unicodedata.normalize("NFKD", headline)).casefold()
        words = _WORD.findall(plain)
        if len(words) >= _LEAST_WORDS or (len(plain) >= _LEAST_CHARACTERS and not plain.isascii()):
            keys.append(xxhash.xxh3_64_intdigest(" ".join(words[:_MOST_WORDS]).encode()))
    return np.array(sorted(set(keys)), dtype=np.uint64)


def named_headlines(title: str, text: str) -> tuple[str, ...]:
    """Return the headlines that a notice may refer to: its own, and those that its text quotes."""
    quoted = [next(filter(None, groups)) for groups in _QUOTES.findall(text)]
    return (title, *quoted[:_MOST_QUOTED])
