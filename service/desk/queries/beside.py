"""Two texts in two languages side by side."""

from functools import lru_cache

from service.link.explain import TextsBeside, texts_beside

_REMEMBERED = 64
"""Size of the cache: an open page asks again at each change of its stories."""

MOST_CHARACTERS = 60_000
"""Characters of a text that are looked at: more words than are compared."""


@lru_cache(maxsize=_REMEMBERED)
def put_beside(a: str, b: str, language_a: str, language_b: str) -> TextsBeside:
    """Return two texts, each sentence beside what it became, and what they have in common.

    Args:
        language_a, language_b: BCP 47 tags.
    """
    return texts_beside(a[:MOST_CHARACTERS], b[:MOST_CHARACTERS], language_a, language_b)
