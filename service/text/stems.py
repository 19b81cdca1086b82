"""Stemming, in languages in which a name or noun has many forms.

Where there is no stemmer, words are cut to their first letters, which for search serves about as
well in most European languages (P. McNamee, J. Mayfield, "Character n-gram tokenization for
European language text retrieval", 2004).
"""

from collections.abc import Callable, Mapping
from functools import cache, partial

import Stemmer  # type: ignore[import-not-found]

SNOWBALL = {
    "ca": "catalan",
    "cs": "czech",
    "de": "german",
    "el": "greek",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
}
"""Languages stemmed with Snowball's algorithms, by group."""

_REPEATED = frozenset({"ru"})
_WHOLE = frozenset({"en", "zh", "ja"})
"""Languages whose words are not shortened: their names and nouns have few forms."""

_PREFIX, _PREFIX_OF_ABUGIDA, _PREFIX_OF_SYLLABLES = 5, 6, 2
"""Letters that are kept of a word where there is no stemmer: of an alphabet, of a script that
writes vowels as marks, and of Hangul, where particles are written together with short nouns."""

_ARABIC = "ar"
_ARTICLES = ("وال", "بال", "كال", "فال", "ولل", "ال", "لل")
_ENDINGS = ("ها", "هم", "ان", "ات", "ون", "ين", "يه", "ه", "ي", "ا")
_CLITICS = "وبلفك"
_SHORTEST = 3

Stem = Callable[[str], str]


@cache
def stemmer(language: str) -> Stem | None:
    """The function that stems a lower-case word (after `plain_script`); None if words of the
    language are left whole.

    Args:
        language: group of a language, see `service.text.language_groups`.
    """
    if language in _WHOLE:
        return None
    if language == _ARABIC:
        return partial(_to_the_end, _arabic)
    name = SNOWBALL.get(language)
    if name is None:
        return _prefix
    stem: Stem = Stemmer.Stemmer(name).stemWord
    return partial(_to_the_end, stem) if language in _REPEATED else stem


def _prefix(word: str) -> str:
    """The first letters of a word."""
    if "\uac00" <= word[:1] <= "\ud7a3":
        return word[:_PREFIX_OF_SYLLABLES]
    return word[: _PREFIX_OF_ABUGIDA if "\u0900" <= word[:1] <= "\u137f" else _PREFIX]


def without_clitic(stem: str, language: str, zipf: Mapping[str, float]) -> str:
    """An Arabic stem without one-letter conjunctions and prepositions; other stems unchanged.

    Word frequency shows whether a first letter belongs to the word: "and rain" is rarer than
    "rain", but "minister" is not rarer than what is left of it without its first letter.

    Args:
        zipf: Zipf frequency by stem.
    """
    while language == _ARABIC and len(stem) > _SHORTEST and stem[0] in _CLITICS:
        rest = _arabic(stem[1:])
        if zipf.get(rest, 0.0) <= zipf.get(stem, 0.0):
            break
        stem = rest
    return stem


def _to_the_end(stem: Stem, word: str) -> str:
    """Stem repeatedly until nothing changes: only then do all cases of a surname in -ов have the
    same stem."""
    while (shorter := stem(word)) != word:
        word = shorter
    return word


def _arabic(word: str) -> str:
    """Light stemming (light10: Larkey, Ballesteros, Connell 2007), but keeps a lone conjunction.

    Removes the article, with the letters attached before it, then one ending. At least three
    letters remain.
    """
    for article in _ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= _SHORTEST:
            word = word[len(article) :]
            break
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word[: -len(ending)]
    return word
