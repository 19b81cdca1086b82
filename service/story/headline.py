"""Headlines as keys, and the headlines that a withdrawal quotes: how it finds what it withdraws."""

import re
import unicodedata
from collections.abc import Iterable

import numpy as np
import xxhash

from service.story.hashing import Hashes

_SHORTEST = 4
"""Headlines of fewer words are section names and recurring features."""

_LONG = 12
"""Characters that are enough in a script that has no spaces."""

_LONGEST = 40
_WORD = re.compile(r"\w+")
_COMBINING = re.compile(r"[\u0300-\u036f]")
_QUOTES = re.compile(
    r"[\"“”„«]\s?([^\"“”„«»\n]{12,300}?)\s?[\"“”»]|[‘‚]([^‘’\n]{12,300}?)’(?!\w)|「([^「」\n]{6,150})」"
)
_QUOTED_AT_MOST = 8


def headline_keys(headlines: Iterable[str]) -> Hashes:
    """A 64-bit key of each headline that is long enough to tell a story by.

    Headlines that differ only in case, accents, punctuation or white space have the same key.
    """
    keys = []
    for headline in headlines:
        plain = _COMBINING.sub("", unicodedata.normalize("NFKD", headline)).casefold()
        words = _WORD.findall(plain)
        if len(words) >= _SHORTEST or (len(plain) >= _LONG and not plain.isascii()):
            keys.append(xxhash.xxh3_64_intdigest(" ".join(words[:_LONGEST]).encode()))
    return np.array(sorted(set(keys)), dtype=np.uint64)


def named_headlines(title: str, text: str) -> tuple[str, ...]:
    """The headlines a withdrawal may mean: its own, and what its text quotes, in order."""
    quoted = [next(filter(None, groups)) for groups in _QUOTES.findall(text)]
    return (title, *quoted[:_QUOTED_AT_MOST])
