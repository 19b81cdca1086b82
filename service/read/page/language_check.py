"""Whether a text is in the language that the identifier gave it.

The identifier chooses among the languages that it has, so a text in another language gets the name
of a neighbour: Burmese that of Serbian, Hausa that of Swahili. Such texts are told by their script,
or by the lack of the neighbour's commonest words, or of words in its list. What remains unsure
keeps its language.
"""

import re
import tomllib
from functools import cache
from importlib.resources import files

from service.text.rarity import listed_share

SAMPLE = 1200  # characters
SCRIPT_SAMPLE = 300  # characters
FEWEST_WORDS = 20
LEAST_SHARE = 0.02
"""Share of the words in `language_words.toml`, below which a text is in another language. On the
training pages, and in samples of each language, texts have at least .05 of their own; samples of
languages that are not identified have at most .01 of their neighbour's."""
LISTED_SAMPLE = 600  # characters
LEAST_LISTED = 0.62
"""Least share of a text's words that must be in the word list of its language, if there is one. Of
real articles in languages that the identifier has, .66 to 1 of the words are listed; of Hausa,
Yoruba, Somali and Oromo, which it has not, .25 to .60."""
WORD = re.compile(r"[^\W\d_]+")

SCRIPTS = {
    "Latin": "A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ",
    "Cyrillic": "Ѐ-ԯ",
    "Arabic": "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc",
    "Greek": "Ͱ-Ͽἀ-῿",
    "Hebrew": "\u0590-\u05ff",
    "Devanagari": "\u0900-\u097f",
    "Bengali": "\u0980-\u09ff",
    "Gurmukhi": "\u0a00-\u0a7f",
    "Gujarati": "\u0a80-\u0aff",
    "Oriya": "\u0b00-\u0b7f",
    "Tamil": "\u0b80-\u0bff",
    "Telugu": "\u0c00-\u0c7f",
    "Kannada": "\u0c80-\u0cff",
    "Malayalam": "\u0d00-\u0d7f",
    "Sinhala": "\u0d80-\u0dff",
    "Thai": "\u0e00-\u0e7f",
    "Lao": "\u0e80-\u0eff",
    "Georgian": "\u10a0-\u10ff\u1c90-\u1cbf",
    "Armenian": "\u0530-\u058f",
    "Ethiopic": "\u1200-\u139f",
    "Khmer": "\u1780-\u17ff",
    "East Asian": "\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff",
}
"""The letters of each script, as the inside of a character class."""

WRITTEN = {
    "Cyrillic": "be bg bs kk ky mk mn ru sr uk",
    "Arabic": "ar fa ku ps ug ur",
    "Greek": "el",
    "Hebrew": "he",
    "Devanagari": "hi mr ne",
    "Bengali": "bn",
    "Gurmukhi": "pa",
    "Gujarati": "gu",
    "Oriya": "or",
    "Tamil": "ta",
    "Telugu": "te",
    "Kannada": "kn",
    "Malayalam": "ml",
    "Sinhala": "si",
    "Thai": "th",
    "Lao": "lo",
    "Georgian": "ka",
    "Armenian": "hy",
    "Ethiopic": "am",
    "Khmer": "km",
    "East Asian": "ja ko zh",
}
"""The languages written in each script. All others, and Bosnian and Serbian too, are in Latin."""
ALSO_LATIN = frozenset({"bs", "sr", "ku", "kk"})


def fits(text: str, language: str) -> bool:
    """Whether a text can be in a language, by its script, its commonest words and its word list."""
    return (
        is_in_script(text[:SCRIPT_SAMPLE], language)
        and _has_common_words(text[:SAMPLE], language)
        and _is_listed(text[:LISTED_SAMPLE], language)
    )


def _has_common_words(text: str, language: str) -> bool:
    own = _words().get(language)
    if own is None:
        return True
    words = [word.lower() for word in WORD.findall(text)]
    found = sum(word in own for word in words)
    return len(words) < FEWEST_WORDS or found >= LEAST_SHARE * len(words)


def _is_listed(text: str, language: str) -> bool:
    share = listed_share(text, language)
    return share is None or share >= LEAST_LISTED


def is_in_script(text: str, language: str) -> bool:
    """Whether at least half of the letters of a text are of a script that a language is in."""
    letters = sum(map(len, WORD.findall(text)))
    return 2 * len(_letters(language).findall(text)) >= letters


@cache
def _letters(language: str) -> re.Pattern[str]:
    scripts = [script for script, languages in WRITTEN.items() if language in languages.split()]
    if not scripts or language in ALSO_LATIN:
        scripts.append("Latin")
    return re.compile(f"[{''.join(SCRIPTS[script] for script in scripts)}]")


@cache
def _words() -> dict[str, frozenset[str]]:
    text = files(__package__).joinpath("language_words.toml").read_text(encoding="utf-8")
    return {language: frozenset(words.split()) for language, words in tomllib.loads(text).items()}
