"""What two texts have in common word by word: candidate keys, numbers and names, as printed."""

from itertools import chain

import numpy as np

from service.events.signature import Signature
from service.story.anchors import WINDOW, is_anchor
from service.story.explanation.model import Agreement, Keys, SharedPair
from service.story.explanation.printed import Printed
from service.story.hashing import pair_hashes
from service.story.tokens import NAME, NUMBER


def shared_keys(a: Printed, a_signature: Signature, b: Printed, b_signature: Signature) -> Keys:
    """The candidate keys of two signatures; of the rare pairs also the words."""
    shared = frozenset(a_signature.rare_pairs) & frozenset(b_signature.rare_pairs)
    in_a, in_b = _places(a, shared), _places(b, shared)
    pairs = []
    for key, (left, right) in in_a.items():
        if key not in in_b:
            continue
        b_left, b_right = in_b[key]
        if b.ids[b_left] != a.ids[left]:
            b_left, b_right = b_right, b_left
        pairs.append(
            SharedPair(
                key=key, a=(a.word(left), a.word(right)), b=(b.word(b_left), b.word(b_right))
            )
        )
    return Keys(
        rare_pairs_a=len(a_signature.rare_pairs),
        rare_pairs_b=len(b_signature.rare_pairs),
        rare_pairs_shared=tuple(pairs),
        shingles_a=len(a_signature.shingles),
        shingles_b=len(b_signature.shingles),
        shingles_shared=len(set(a_signature.shingles) & set(b_signature.shingles)),
    )


def _places(printed: Printed, keys: frozenset[int]) -> dict[int, tuple[int, int]]:
    """Where each key first stands: the places of its two words; keys in the order of the text."""
    ids, found = printed.tokens.ids, []
    for step in range(1, min(WINDOW, len(ids) - 1) + 1):
        hashes = pair_hashes(ids[:-step], ids[step:]).tolist()
        found += [(at, at + step, key) for at, key in enumerate(hashes) if key in keys]
    first: dict[int, tuple[int, int]] = {}
    for left, right, key in sorted(found):
        first.setdefault(key, (left, right))
    return first


def agreeing_numbers(a: Printed, b: Printed) -> Agreement:
    """The numbers of each text, and whether the other has them anywhere."""
    return _agreement(a, _numbers(a), b, _numbers(b))


def agreeing_names(a: Printed, b: Printed) -> Agreement:
    """The names of each text, but for very common words, and whether the other has them."""
    return _agreement(a, _names(a), b, _names(b))


def _numbers(printed: Printed) -> list[int]:
    places: list[int] = np.flatnonzero(printed.tokens.kinds == NUMBER).tolist()
    return places


def _names(printed: Printed) -> list[int]:
    tokens = printed.tokens
    anchors = is_anchor(tokens.zipf, tokens.kinds)
    places: list[int] = np.flatnonzero(anchors & (tokens.kinds == NAME)).tolist()
    return places


def _agreement(a: Printed, a_places: list[int], b: Printed, b_places: list[int]) -> Agreement:
    in_a, in_b = _first_places(a, a_places), _first_places(b, b_places)
    wanted_a = dict.fromkeys(a.ids[place] for place in a_places)
    wanted_b = dict.fromkeys(b.ids[place] for place in b_places)
    return Agreement(
        both=tuple(
            (a.word(in_a[token]), b.word(in_b[token]))
            for token in wanted_a | wanted_b
            if token in in_a and token in in_b
        ),
        only_a=tuple(a.word(in_a[token]) for token in wanted_a if token not in in_b),
        only_b=tuple(b.word(in_b[token]) for token in wanted_b if token not in in_a),
    )


def _first_places(printed: Printed, preferred: list[int]) -> dict[int, int]:
    """Where each token of a text stands first, of the preferred places if it has one."""
    places: dict[int, int] = {}
    for place in chain(preferred, range(len(printed.ids))):
        places.setdefault(printed.ids[place], place)
    return places
