"""Words without their endings, in languages where a name or noun has many forms."""

from collections.abc import Callable, Mapping
from functools import cache, partial

import Stemmer  # type: ignore[import-not-found]

SNOWBALL = {"ru": "russian"}
"""Languages stemmed by Snowball's algorithm. English is not: the verifier is calibrated without."""

_ARABIC = "ar"
_ARTICLES = ("وال", "بال", "كال", "فال", "ولل", "ال", "لل")
_ENDINGS = ("ها", "هم", "ان", "ات", "ون", "ين", "يه", "ه", "ي", "ا")
_CLITICS = "وبلفك"
_SHORTEST = 3

Stem = Callable[[str], str]


@cache
def stemmer(language: str) -> Stem | None:
    """What gives the stem of a lower-case word in plain script; None for languages without."""
    if language == _ARABIC:
        return partial(_to_the_end, _arabic)
    name = SNOWBALL.get(language)
    return None if name is None else partial(_to_the_end, Stemmer.Stemmer(name).stemWord)


def without_clitic(stem: str, language: str, zipf: Mapping[str, float]) -> str:
    """An Arabic stem without the conjunctions and prepositions of one letter written with it.

    What is a letter of the word itself and what is not tells the frequency: "and rain" is rarer
    than "rain", but "minister" is not rarer than what is left of it without its first letter.
    """
    while language == _ARABIC and len(stem) > _SHORTEST and stem[0] in _CLITICS:
        rest = _arabic(stem[1:])
        if zipf.get(rest, 0.0) <= zipf.get(stem, 0.0):
            break
        stem = rest
    return stem


def _to_the_end(stem: Stem, word: str) -> str:
    """The stem of the stem, and so on: a surname in -ов and its other cases end alike only then."""
    while (shorter := stem(word)) != word:
        word = shorter
    return word


def _arabic(word: str) -> str:
    """Light stemming (light10: Larkey, Ballesteros, Connell 2007), without the conjunction.

    The article goes, with what is written before it, then one ending. Three letters are kept.
    """
    for article in _ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= _SHORTEST:
            word = word[len(article) :]
            break
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word[: -len(ending)]
    return word
