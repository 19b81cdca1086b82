"""Texts as the full-text index takes them, and what a person types as a query to it."""

import re

# Written without spaces: there each character is a word of the index, and a word is a phrase.
_UNSPACED = re.compile(
    "([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff])"
)
_GAP = "\u200b"
"""Parts words for the index, and is not seen."""

_PART = re.compile(r'"([^"]+)"|(\S+)')
_WORD = re.compile(r"[^\W_]")

LONGEST = 200
"""Characters of a query that are looked at."""


def spaced(text: str) -> str:
    """Part the characters of scripts that have no spaces."""
    return _UNSPACED.sub(rf"{_GAP}\1{_GAP}", text) if _UNSPACED.search(text) else text


def unspaced(text: str) -> str:
    """The text as it was, for display."""
    return text.replace(_GAP, "")


def match_of(query: str) -> str | None:
    """The MATCH expression for what was typed; None where it holds no word.

    All words must be there, `"words in quotes"` side by side, and `word*` is the beginning of one.
    Nothing else has a meaning, so that nothing typed is an error.
    """
    terms = []
    readable = "".join(c if c.isprintable() else " " for c in query[:LONGEST])
    for phrase, word in _PART.findall(readable):
        text = spaced(phrase or word).replace('"', " ")
        if not _WORD.search(text):
            continue
        terms.append(f'"{text}"' + ("*" if word.endswith("*") else ""))
    return " ".join(terms) or None
