"""How rare a word is in its language, from a static word list, so that decisions can be replayed.

The source is wordfreq's lists, by the Zipf scale: log10 of occurrences in a billion words; "the" is
7.7, "village" 4.8, "Kurdish" 3.6. The small lists hold the words that occur at least about once in
a million. Where words have to be found in unspaced text first, the large list is taken, with words
down to one in a hundred million: a word that is not known as one falls apart.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache

from wordfreq import available_languages, get_frequency_list

from service.story.script import plain_script
from service.story.stems import stemmer

UNKNOWN_ZIPF = 2.5
"""For words that are not listed: names, rare words, misprints."""

_LARGE = frozenset({"zh", "ja"})
_FALLBACK = "en"
_STEPS = 100
"""wordfreq lists the words of each hundredth of a Zipf unit, the commonest first."""


@lru_cache(maxsize=64)
def zipf_table(language: str) -> Mapping[str, float]:
    """Zipf frequency by lower-case word for a BCP 47 language; English where there is no list.

    In a language that is stemmed (see `service.story.stems`) it is that of all forms of a stem.
    English is the fallback because the words that a foreign text shares with it are mostly names.
    """
    primary = language.split("-")[0].lower()
    size = "large" if primary in _LARGE else "small"
    primary = primary if primary in available_languages(size) else _FALLBACK
    listed = _listed(primary, size)
    stem = stemmer(primary)
    if stem is None:
        return dict(listed)
    shares: Counter[str] = Counter()
    for word, zipf in listed:
        shares[stem(plain_script(word, primary))] += 10.0**zipf
    return {word: math.log10(share) for word, share in shares.items()}


def _listed(language: str, size: str) -> Iterator[tuple[str, float]]:
    """The words of a list with their Zipf frequencies."""
    for step, words in enumerate(get_frequency_list(language, size)):
        zipf = round(9.0 - step / _STEPS, 2)
        for word in words:
            yield word, zipf
