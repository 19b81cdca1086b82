"""What two stories must have, whatever the verifier says of them, before they are linked.

What cannot be measured is unknown, and neither for nor against a link.
"""

from service.link.features import LinkFeatures, Shared
from service.link.story import Comparable

LEAST_WORDS = 80
"""Words of a text that is linked at all: of two reports of one event, what a few sentences hold may
all be the same."""

SHORT_WORDS, SHORT_KEYS, LEAST_KEYS = 150, 3, 2
"""A text of fewer words must share this many keys, not only the least."""

LEAST_NUMBERS, LEAST_NAMES = 1, 2
"""Common numbers, or common names, of a pair: words alone are the topic."""

LEAST_ORDER = 0.5
"""Share of the common ids that stand in the same order. Of texts about one event that are told
anew, half have less; of translations one in a hundred."""


def may_be_linked(a: Comparable, b: Comparable) -> bool:
    """True if two stories may be translations by what they are: in two languages, long enough, and
    not of two agencies."""
    return (
        a.language != b.language
        and min(a.words, b.words) >= LEAST_WORDS
        and (a.agency is None or b.agency is None or a.agency == b.agency)
    )


def keys_needed(a: Comparable, b: Comparable) -> int:
    """How many keys two stories must share."""
    short = min(a.words, b.words) < SHORT_WORDS
    return SHORT_KEYS if short else LEAST_KEYS


def has_facts_in_order(features: LinkFeatures | Shared) -> bool:
    """True if a pair has facts in common, and tells them in one order."""
    facts = features.common_numbers >= LEAST_NUMBERS or features.common_names >= LEAST_NAMES
    return facts and (features.order is None or features.order >= LEAST_ORDER)
