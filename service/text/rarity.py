"""How rare a word is in its language, from a static word list, so that decisions can be replayed.

The source is wordfreq's lists, on the Zipf scale: log10 of occurrences in a billion words; "the" is
7.7, "village" 4.8, "Kurdish" 3.6. The small lists contain the words that occur at least about once
in a million. Chinese and Japanese use the large lists, with words down to one in a hundred million,
because they are also used for word segmentation, which splits every word that is not listed.

Languages without a list get an estimate from the word itself: common words are short.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache

from anyascii import anyascii

from service.text.language_groups import LISTS, language_group
from service.text.loading import loading
from service.text.script import plain_script
from service.text.stems import stemmer

UNKNOWN_ZIPF = 2.5
"""Zipf frequency assumed for words that are not listed: names, rare words, misprints."""

_LARGE = frozenset({"zh", "ja"})
_AS_LISTED = frozenset({"en", "zh", "ja"})
"""Languages whose lists need no normalisation: they have the words as texts have them."""

_WORD = re.compile(r"[^\W\d_]+")

_STEPS = 100
"""wordfreq groups words in steps of a hundredth of a Zipf unit, the most common first."""

_BY_LENGTH = (7.0, 7.0, 6.8, 6.2, 5.5, 4.9, 4.4, 3.9, 3.6, 3.3, 3.0)
"""Zipf frequency by number of letters in Latin transliteration, where there is no list. These are
rounded means of running words over the listed languages in Latin letters."""

_SAMPLED_ZIPF, _OTHER_ZIPF = 3.7, 5.4
_SAMPLED = 6
"""Of the n-grams of text in scripts without spaces, one in this many counts as rare, chosen by its
hash: every copy makes the same choice, in any language, without a list."""


@lru_cache(maxsize=64)
@loading()
def zipf_table(language: str) -> Mapping[str, float]:
    """Zipf frequencies by lower-case word of a language or group of languages (see
    `service.text.language_groups`); empty if it has no list.

    The keys are normalised as words of texts are, up to their stems (see `service.text.stems`),
    each with the frequency of all its forms together.
    """
    # Loading wordfreq takes a third of a second, which a process that reads no texts need not wait.
    from wordfreq import available_languages

    size = "large" if language in _LARGE else "small"
    names = [name for name in LISTS.get(language, (language,)) if name in available_languages(size)]
    if language in _AS_LISTED:
        return {word: zipf for name in names for word, zipf in _listed(name, size)}
    stem = stemmer(language)
    shares: Counter[str] = Counter()
    for name in names:
        for word, zipf in _listed(name, size):
            plain = plain_script(word, language)
            shares[stem(plain) if stem else plain] += 10.0**zipf / len(names)
    return {word: math.log10(share) for word, share in shares.items()}


@lru_cache(maxsize=4)
def word_list(language: str) -> Mapping[str, float]:
    """Zipf frequencies of the words of a language as they are listed, not stemmed; empty if it has
    no list."""
    from wordfreq import available_languages

    return dict(_listed(language, "small")) if language in available_languages("small") else {}


def listed_share(text: str, language: str) -> float | None:
    """Return the share of a text's words that are in the list of a language, where words are
    separated by spaces. None if it has no list or is not written so, or there are no words."""
    group = language_group(language)
    table, stem = zipf_table(group), stemmer(group)
    words = _WORD.findall(plain_script(text, group).casefold())
    if not table or not words or group in _LARGE:
        return None
    return sum((stem(word) if stem else word) in table for word in words) / len(words)


def zipf_by_length(word: str) -> float:
    """Estimate the Zipf frequency of a normalised word in a language without a list."""
    letters = len(word) if word.isascii() else len(anyascii(word))
    return _BY_LENGTH[min(letters, len(_BY_LENGTH) - 1)]


def zipf_by_hash(token: int) -> float:
    """Return the Zipf frequency that an n-gram of text without spaces counts with.

    Args:
        token: its hash.
    """
    return _OTHER_ZIPF if token % _SAMPLED else _SAMPLED_ZIPF


def _listed(language: str, size: str) -> Iterator[tuple[str, float]]:
    """The words of one list with their Zipf frequencies."""
    from wordfreq import get_frequency_list

    for step, words in enumerate(get_frequency_list(language, size)):
        zipf = round(9.0 - step / _STEPS, 2)
        for word in words:
            yield word, zipf
