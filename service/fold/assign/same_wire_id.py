"""What it says that two articles carry the identifier of one wire story.

An identifier is a claim: anybody can print one, and sites print one on every page. So it decides
nothing alone. It is evidence where the text does not contradict it, and it reaches below the length
at which the verifier can tell copies of short texts from other reports.
"""

from collections import Counter
from collections.abc import Iterable

from service.contract.wire_id import WireId
from service.fold.candidates.wire_id import state_forms, takes_of, wire_keys, without_take
from service.fold.state.window import Window
from service.fold.verify.features import Features

LEAST_WORDS = 12
"""A shorter text has too few words to contradict anything."""

BAG = 0.35
"""Least share, by weight, of the shorter text's different words that the longer has."""

FACTS = 0.75
"""Least share of the shorter text's numbers, and of its names, that the longer has."""


def same_wire_id(ids: Iterable[WireId], window: Window) -> frozenset[int]:
    """Return the numbers of the articles in the window that carry one of these identifiers.

    An identifier that very many articles carry is a stop key of the index, and an article that
    carries several of one form is a list of stories: neither counts.
    """
    own = _names(state_forms(ids))
    if not own:
        return frozenset()
    found = window.index.find(wire_keys(own)).numbers.tolist()
    return frozenset(
        number for number in found if own & _names(window.store.article_by_number(number).wire_ids)
    )


def agrees(features: Features) -> bool:
    """Return True if the texts of two articles with one identifier do not contradict it: the
    shorter text's words, names and numbers are mostly the longer's. Unknown is no agreement."""
    if features.words < LEAST_WORDS or features.bag < BAG:
        return False
    facts = (features.all_names, features.all_numbers)
    known = [share for share in facts if share is not None]
    return bool(known) and min(known) >= FACTS


def is_later_take(ids: Iterable[WireId], wire_ids: Iterable[str]) -> bool:
    """Return True if an article has a higher take of an identifier than another article.

    Args:
        wire_ids: of the other.
    """
    own, other = takes_of(state_forms(ids)), takes_of(wire_ids)
    return any(name in other and take > other[name] for name, take in own.items())


def _names(wire_ids: Iterable[str]) -> frozenset[str]:
    """Return the identifiers without their takes, of forms of which there are not several."""
    names = {without_take(each) for each in wire_ids}
    forms = Counter(name.split(":", 1)[0] for name in names)
    return frozenset(name for name in names if forms[name.split(":", 1)[0]] == 1)
