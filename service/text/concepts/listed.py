"""How a word of a language that has a written list of words is looked up in the lexicon.

Where the encoder that the lexicon is made with does not know a language, its most frequent words
were written down, with what they are called in English: the lists in `tests/lexicon/written`. Such
a word is looked up by language and stem, so that words of other languages that are spelled alike
are not in its way.
"""

import re
from collections.abc import Iterator

from service.text.stems import stemmer

LANGUAGES = frozenset({"cs", "he", "hi", "uk"})
"""Languages that have a list."""

_UKRAINIAN_ENDING = re.compile(
    r"(?<=..)(?:(?:увати|ювати|ання|ення|іння|ями|ами|ові|еві|єві|ого|ому|ими|ній|ька|ько)"
    r"|(?:ах|ях|ам|ям|ом|ем|єм|ою|ею|єю|ій|ої|их|им|ий|ів|їв|ти|ла|ли|ло|ть|ав|ив|ує|ює)"
    r"|[аяуюиіїеєоьйв])$"
)
_HEBREW_BEFORE = "והבלמשכ"
"""Letters of prepositions, the article and conjunctions, which are written with the next word."""

_HEBREW_ENDING = re.compile(r"(?<=..)(?:יים|ים|ות|ית|ה|ת|י)$")
_SHORTEST = 2


def listed_forms(word: str, language: str) -> Iterator[str]:
    """Yield the stems that a word may be listed under, the likeliest first.

    Args:
        word: in lower case, as `service.text.script.plain_script` leaves it, without apostrophes.
        language: one of `LANGUAGES`.
    """
    if language == "he":
        yield from _hebrew(word)
    elif language == "uk":
        yield _UKRAINIAN_ENDING.sub("", word)
    elif (stem := stemmer(language)) is not None:
        yield stem(word)


def _hebrew(word: str) -> Iterator[str]:
    """A word without its ending, and without one and two letters before it."""
    yield _HEBREW_ENDING.sub("", word)
    for _ in range(2):
        if word[0] not in _HEBREW_BEFORE or len(word) <= _SHORTEST + 1:
            return
        word = word[1:]
        yield _HEBREW_ENDING.sub("", word)
