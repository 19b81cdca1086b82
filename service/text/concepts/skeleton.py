"""The consonants of a name, which are much the same however a script or a language writes it.

A name is romanised with anyascii and reduced to its consonants in seven classes; vowels, semivowels
and `h` are left out, as they are what transcriptions differ in. This is in the manner of Soundex
(R. Russell, 1918), but for letters of any script, and with l and r in one class, which Japanese and
Chinese do not tell apart. An r before a consonant or at the end is left out: Chinese and Japanese
do not write it.
"""

import re
from functools import lru_cache

from anyascii import anyascii

SHORTEST, LONGEST = 3, 7
"""Consonants of a name that has a skeleton, and those that are kept of it."""

_CLASSES = {
    **dict.fromkeys("bpfv", 1),
    **dict.fromkeys("dt", 2),
    **dict.fromkeys("gkqc", 3),
    **dict.fromkeys("szj", 4),
    "m": 5,
    "n": 6,
    **dict.fromkeys("lr", 7),
}
_SPELLINGS = (
    (re.compile(r"kh(?=[aeiouy])"), "h"),  # Khillari: what Russian writes for an h
    (re.compile(r"tsch|dsch|dzh|tch|sch|shch|zh|sh|ch|cz|sz|ts|tz"), "s"),
    (re.compile(r"(?:ph|th)"), lambda found: found[0][0].replace("p", "f")),
    (re.compile(r"ck|x"), lambda found: "k" if found[0] == "ck" else "ks"),
    (re.compile(r"c(?=[eiy])"), "s"),
    (re.compile(r"r(?![aeiouyr])"), ""),
)
_NOT_A_LETTER = re.compile(r"[^a-z]")


@lru_cache(maxsize=100_000)
def skeleton(name: str) -> int:
    """Return the skeleton of a name as a number, three bits a consonant; 0 if it has too few.

    Args:
        name: as printed or in lower case, in any script.
    """
    latin = _NOT_A_LETTER.sub("", anyascii(name).lower())
    for pattern, plain in _SPELLINGS:
        latin = pattern.sub(plain, latin)
    found: list[int] = []
    before = 0
    for letter in latin:
        own = _CLASSES.get(letter, 0)
        if own and own != before:
            found.append(own)
        before = own
    if len(found) < SHORTEST:
        return 0
    number = 0
    for own in found[:LONGEST]:
        number = number << 3 | own
    return number
