"""How rare a word is in its language, from a static word list, so that decisions can be replayed.

The source is wordfreq's small lists (words that occur at least about once in a million), by the
Zipf scale: log10 of occurrences in a billion words; "the" is 7.7, "village" 4.8, "Kurdish" 3.6.
"""

import math
from collections.abc import Mapping
from functools import lru_cache

from wordfreq import available_languages, get_frequency_dict

UNKNOWN_ZIPF = 2.5
"""For words below the list's floor of 3.0: names, rare words, misprints."""

_LIST = "small"
_FALLBACK = "en"


@lru_cache(maxsize=64)
def zipf_table(language: str) -> Mapping[str, float]:
    """Zipf frequency by lower-case word for a BCP 47 language; English where there is no list.

    English is the fallback because the words that a foreign text shares with it are mostly names.
    """
    primary = language.split("-")[0].lower()
    known = available_languages(_LIST)
    frequencies = get_frequency_dict(primary if primary in known else _FALLBACK, _LIST)
    return {word: math.log10(share) + 9.0 for word, share in frequencies.items()}
