"""Decides which capitalised words are names; in German, all nouns are capitalised."""

import re
from collections.abc import Mapping

from service.text.rarity import word_list

_CAPITALISE_NOUNS = frozenset({"de", "lb"})

_SHORTEST_PART = 3
_LEAST_ZIPF = {3: 4.5, 4: 3.8}
"""By number of letters: the minimum Zipf frequency of a listed word that counts as part of a
compound. Without it, many names would look like compounds of short rare words."""

_LONGEST = 40
"""Maximum length of a name in letters; longer words are not names."""

_LINKS = ("", "s", "es", "n", "en", "er", "e")
_ENDINGS = ("", "s", "es", "n", "en", "e", "er", "ern", "nen", "in", "innen")

_NOUN = re.compile(
    r"(?:ung|heit|keit|schaft|tion|tät|ismus|ling|tum|nis|chen|erei|ierung)(?:en|s|se|e|er|ern)?$"
)


def is_name(word: str, lowered: str, language: str) -> bool:
    """True if a word is probably a name, provided it is not the first of its sentence.

    In languages that capitalise nouns, a name is a word that is not listed, is not a compound of
    listed words, and has no typical noun ending. This misses names that are listed; those can still
    be anchors, by their rarity.

    Args:
        word: as printed.
        lowered: the same in lower case, not stemmed.
    """
    if not word[0].isupper():
        return False
    if language.split("-")[0] not in _CAPITALISE_NOUNS:
        return True
    table = word_list(language.split("-")[0])
    if lowered in table:
        return False
    return not (_is_listed(lowered, table) or _NOUN.search(lowered) or is_compound(lowered, table))


def is_compound(lowered: str, table: Mapping[str, float]) -> bool:
    """True if a German word consists of listed words, linking letters and an inflectional ending.

    Tries all cuts, left to right, by dynamic programming.
    """
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
