"""Which capitalised words are names: in German, nouns are capitalised too."""

import re
from collections.abc import Mapping

_CAPITALISE_NOUNS = frozenset({"de", "lb"})

_SHORTEST_PART = 3
_LEAST_ZIPF = {3: 4.5, 4: 3.8}
"""How frequent a listed word of so many letters must be to count as part of another: names are
easily made of short rare ones."""

_LONGEST = 40
"""Longer words are no names."""

_LINKS = ("", "s", "es", "n", "en", "er", "e")
_ENDINGS = ("", "s", "es", "n", "en", "e", "er", "ern", "nen", "in", "innen")

_NOUN = re.compile(
    r"(?:ung|heit|keit|schaft|tion|tät|ismus|ling|tum|nis|chen|erei|ierung)(?:en|s|se|e|er|ern)?$"
)


def is_name(word: str, lowered: str, language: str, table: Mapping[str, float]) -> bool:
    """Whether a word as printed is taken for a name, were it not the first of its sentence.

    Where nouns are capitalised, a name is what is neither a listed word, nor made of listed words,
    nor ends as nouns do. Listed names are lost by this, and are found by their rarity.
    """
    if not word[0].isupper():
        return False
    if language.split("-")[0] not in _CAPITALISE_NOUNS:
        return True
    if lowered in table:
        return False
    return not (_is_listed(lowered, table) or _NOUN.search(lowered) or is_compound(lowered, table))


def is_compound(lowered: str, table: Mapping[str, float]) -> bool:
    """Whether a German word is made of listed ones, with what may link them and an ending."""
    if len(lowered) > _LONGEST:
        return True
    reached = {0}
    for cut in range(_SHORTEST_PART, len(lowered) - _SHORTEST_PART + 1):
        if any(_is_linked(lowered[begin:cut], table) for begin in reached):
            if _is_listed(lowered[cut:], table):
                return True
            reached.add(cut)
    return False


def _is_linked(part: str, table: Mapping[str, float]) -> bool:
    return any(
        part.endswith(link) and _is_part(part[: len(part) - len(link)], table) for link in _LINKS
    )


def _is_listed(word: str, table: Mapping[str, float]) -> bool:
    return any(
        word.endswith(ending) and _is_part(word[: len(word) - len(ending)], table)
        for ending in _ENDINGS
    )


def _is_part(word: str, table: Mapping[str, float]) -> bool:
    least = _LEAST_ZIPF.get(len(word), 0.0)
    return len(word) >= _SHORTEST_PART and table.get(word, -1.0) >= least
