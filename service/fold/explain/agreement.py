"""Finds the candidate keys, numbers and names that two texts have in common, as printed."""

from itertools import chain

import numpy as np

from service.contract.extracted import Signature
from service.fold.explain.model import Agreement, Keys, SharedPair
from service.fold.explain.printed import Printed
from service.text.anchors import WINDOW, is_anchor
from service.text.hashing import pair_hashes
from service.text.tokens import NAME, NUMBER


def shared_keys(a: Printed, a_signature: Signature, b: Printed, b_signature: Signature) -> Keys:
    """Return the candidate keys that two signatures share, and the words of the rare pairs."""
    shared = frozenset(a_signature.rare_pairs) & frozenset(b_signature.rare_pairs)
    in_a, in_b = _positions(a, shared), _positions(b, shared)
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


def _positions(printed: Printed, keys: frozenset[int]) -> dict[int, tuple[int, int]]:
    """Return the token positions of the first pair of each key, in the order of the text."""
    ids, found = printed.tokens.ids, []
    for step in range(1, min(WINDOW, len(ids) - 1) + 1):
        hashes = pair_hashes(ids[:-step], ids[step:]).tolist()
        found += [(left, left + step, key) for left, key in enumerate(hashes) if key in keys]
    first: dict[int, tuple[int, int]] = {}
    for left, right, key in sorted(found):
        first.setdefault(key, (left, right))
    return first


def agreeing_numbers(a: Printed, b: Printed) -> Agreement:
    """Return the numbers of both texts and of one only, wherever they are."""
    return _agreement(a, _numbers(a), b, _numbers(b))


def agreeing_names(a: Printed, b: Printed) -> Agreement:
    """Return the names of both texts and of one only, without names that are common words."""
    return _agreement(a, _names(a), b, _names(b))


def _numbers(printed: Printed) -> list[int]:
    positions: list[int] = np.flatnonzero(printed.tokens.kinds == NUMBER).tolist()
    return positions


def _names(printed: Printed) -> list[int]:
    tokens = printed.tokens
    anchors = is_anchor(tokens.zipf, tokens.kinds)
    positions: list[int] = np.flatnonzero(anchors & (tokens.kinds == NAME)).tolist()
    return positions


def _agreement(a: Printed, a_positions: list[int], b: Printed, b_positions: list[int]) -> Agreement:
    in_a, in_b = _first_positions(a, a_positions), _first_positions(b, b_positions)
    wanted_a = dict.fromkeys(a.ids[position] for position in a_positions)
    wanted_b = dict.fromkeys(b.ids[position] for position in b_positions)
    return Agreement(
        both=tuple(
            (a.word(in_a[token]), b.word(in_b[token]))
            for token in wanted_a | wanted_b
            if token in in_a and token in in_b
        ),
        only_a=tuple(a.word(in_a[token]) for token in wanted_a if token not in in_b),
        only_b=tuple(b.word(in_b[token]) for token in wanted_b if token not in in_a),
    )


def _first_positions(printed: Printed, preferred: list[int]) -> dict[int, int]:
    """Return the first position of each token; of the preferred positions, if it has one there."""
    positions: dict[int, int] = {}
    for position in chain(preferred, range(len(printed.ids))):
        positions.setdefault(printed.ids[position], position)
    return positions
