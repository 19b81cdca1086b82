"""Normalises spelling: accents, elided articles, transliterations, variants of names."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from anyascii import anyascii

from service.text.loading import loading

_DATA = "name_variants.toml"

TRANSLITERATED = frozenset({"sh", "sr"})
"""Languages that are printed both in Cyrillic and in Latin letters."""

_SLAVIC_ENDING = re.compile(r"(?<=[a-z]{2}[sz])k(?:yi|yj|yy|ii|iy|ij|y|i)$")
"""The ending of Zelensky, Zelenskyy, Zelenskiy, Zelenskij, which differs by transliteration."""

_GERMAN_SLAVIC = str.maketrans("wj", "vy")
"""German writes Sokolow and Jelena for Sokolov and Yelena, and some outlets print the latter."""

_GERMAN_DIGRAPH = re.compile(r"(?<=[^aeq])ue|ae|oe|^ue")


# Articles and prepositions that lose their vowel before a name or noun.
_ELIDED = {
    "fr": re.compile(r"(?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu)['’](?=\w)", re.IGNORECASE),
    "it": re.compile(
        r"(?:[cdlmnstv]|un|gl|(?:d[ae]|a|ne|su|co|que|be)ll|quest|sant|anch|com|dov|tutt|trent"
        r"|nessun|alcun|ciascun|qualcun|mezz)['’](?=\w)",
        re.IGNORECASE,
    ),
    "ca": re.compile(r"[dlmnst]['’](?=\w)", re.IGNORECASE),
}


def without_elision(word: str, language: str) -> str:
    """A word without an elided article or preposition: "l'île" becomes "île"."""
    elided = _ELIDED.get(language.split("-")[0])
    return elided.sub("", word, count=1) if elided is not None and elided.match(word) else word


def without_accents(word: str) -> str:
    """A word without combining marks, such as accents."""
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def normalise_spelling(word: str, language: str) -> str:
    """Return the normalised spelling of a lower-case word.

    Accents are removed, and other non-ASCII Latin letters are transliterated to ASCII. In German ä
    and ae become equal, as do v and w, and y and j; Serbian is transliterated to Latin letters. A
    name listed in `name_variants.toml` becomes the first of its spellings.
    """
    primary = language.split("-")[0]
    if not word.isascii():
        word = without_accents(word)
        if not word.isascii():
            word = "".join(_in_latin(c) if _has_latin(c, primary) else c for c in word)
    if (variant := _variants().get(word)) is not None:
        return variant
    if primary == "de":
        word = _GERMAN_DIGRAPH.sub(lambda found: found[0][0], word).translate(_GERMAN_SLAVIC)
    return _SLAVIC_ENDING.sub("ky", word)


def _has_latin(char: str, language: str) -> bool:
    name = unicodedata.name(char, "")
    return name.startswith("LATIN") or (language in TRANSLITERATED and name.startswith("CYRILLIC"))


def _in_latin(char: str) -> str:
    return anyascii(char).lower()


@cache
@loading()
def _variants() -> Mapping[str, str]:
    data = tomllib.loads(files(__package__).joinpath(_DATA).read_text(encoding="utf-8"))
    rows = [row.split() for row in data["variants"]]
    return {form: row[0] for row in rows for form in row}
