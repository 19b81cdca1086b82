"""Headlines as keys, and the headlines that a withdrawal quotes: how it finds what it withdraws."""

import re

import numpy as np

from service.story.hashing import Hashes, run_hashes
from service.story.tokens import tokenize

_SHORTEST = 4
"""Headlines of fewer words are section names and recurring features."""

_LONGEST = 40
_QUOTES = re.compile(
    r"[\"“”„«]\s?([^\"“”„«»\n]{12,300}?)\s?[\"“”»]|[‘‚]([^‘’\n]{12,300}?)’(?!\w)|「([^「」\n]{6,150})」"
)
_QUOTED_AT_MOST = 8


def headline_keys(headlines: tuple[str, ...], language: str) -> Hashes:
    """A 64-bit key of each headline that is long enough to tell a story by.

    Headlines that differ only in case, accents, quotes or white space have the same key.
    """
    keys = []
    for headline in headlines:
        ids = tokenize(headline, language, _LONGEST).ids
        if len(ids) >= _SHORTEST:
            keys.append(run_hashes(ids, len(ids)))
    return np.unique(np.concatenate(keys)) if keys else np.empty(0, dtype=np.uint64)


def named_headlines(title: str, text: str) -> tuple[str, ...]:
    """The headlines a withdrawal may mean: its own, and what its text quotes, in order."""
    quoted = [next(filter(None, groups)) for groups in _QUOTES.findall(text)]
    return (title, *quoted[:_QUOTED_AT_MOST])
