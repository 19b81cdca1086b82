"""Prepares texts for the full-text index, and turns typed queries into MATCH expressions."""

import re

# Scripts without spaces: each character is a word of the index, and a word is a phrase of these. In
# order: Thai and Lao, Tibetan, Myanmar, Khmer, Tai Le to Tai Tham, Balinese, kana, Han, Yi,
# Javanese, Myanmar and Tai Viet, Han (compatibility), half-width kana, Han (higher planes).
_UNSPACED = re.compile(
    "([\u0e00-\u0eff\u0f40-\u0fbc\u1000-\u109f\u1780-\u17ff\u1950-\u1aad\u1b00-\u1b4c\u3005-\u3007"
    "\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua48c\ua980-\ua9c0\ua9e0-\uaadf"
    "\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff])"
)
_GAP = "\u200b"
"""Zero-width space: separates words for the index, and is invisible."""

_PART = re.compile(r'"([^"]+)"|(\S+)')
_WORD = re.compile(r"[^\W_]")

LONGEST = 200
"""Maximum characters of a query; the rest is ignored."""


def spaced(text: str) -> str:
    """Separate the characters of scripts that have no spaces."""
    return _UNSPACED.sub(rf"{_GAP}\1{_GAP}", text) if _UNSPACED.search(text) else text


def unspaced(text: str) -> str:
    """Undo `spaced`, for display."""
    return text.replace(_GAP, "")


def match_of(query: str) -> str | None:
    """The MATCH expression for a typed query; None if it contains no word.

    All words must occur, `"words in quotes"` as a phrase; `word*` matches a prefix. All other
    characters are literal, so that no query is an error.
    """
    terms = []
    readable = "".join(c if c.isprintable() else " " for c in query[:LONGEST])
    for phrase, word in _PART.findall(readable):
        text = spaced(phrase or word).replace('"', " ")
        if not _WORD.search(text):
            continue
        terms.append(f'"{text}"' + ("*" if word.endswith("*") else ""))
    return " ".join(terms) or None
