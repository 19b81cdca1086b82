"""Pairs that are told apart together are those that are compared in full for nothing."""

import numpy as np

from service.link.features import Shared
from service.link.guards import has_facts_in_order
from service.link.profile import Profile
from service.link.screen import Pair, told_apart
from service.text.concepts.stream import Concepts, concepts
from tests.link.plain_ceiling import highest_score

LEAST = 0.4


def text(lot: np.random.Generator, pool: np.ndarray, size: int) -> Concepts:
    """A text of ids from a pool."""
    ids = lot.choice(pool, size).astype(np.uint32)
    return Concepts(
        ids=ids,
        weights=lot.choice([0.96, 1.1, 1.8, 2.6, 3.7], size).astype(np.float32),
        tokens=np.arange(size, dtype=np.int32) * 2,
        sentences=np.arange(size, dtype=np.int32) // 9,
        words=2 * size + int(lot.integers(3)),
    )


def changed(lot: np.random.Generator, of: Concepts, pool: np.ndarray, share: float) -> Concepts:
    """The same text with some other ids."""
    other = text(lot, pool, len(of))
    ids = np.where(lot.random(len(of)) < share, other.ids, of.ids)
    return Concepts(ids, of.weights, of.tokens, of.sentences, of.words)


def made() -> list[Pair]:
    """Pairs of all degrees of likeness."""
    lot = np.random.default_rng(1)
    pool = np.concatenate([np.arange(150) | kind << 24 for kind in range(3)])
    pairs = []
    for _ in range(150):
        one = text(lot, pool, int(lot.integers(1, 220)))
        other = changed(lot, one, pool, float(lot.random()))
        pairs.append((Profile(one), Profile(other), int(lot.integers(2, 40))))
        other = text(lot, pool, int(lot.integers(1, 220)))
        pairs.append((Profile(one), Profile(other), 2))
    return pairs


def may_be(pair: Pair) -> bool:
    """Whether a pair is compared up to its last sentence."""
    shared = Shared(*pair)
    return has_facts_in_order(shared) and highest_score(shared.unaligned()) >= LEAST


def test_none_is_told_apart_that_may_be_a_translation() -> None:
    pairs = made()
    expected = [not may_be(pair) for pair in pairs]
    apart = told_apart(pairs, LEAST)
    assert 30 < sum(expected) < len(pairs) - 30
    assert not [1 for told, true in zip(apart, expected, strict=True) if told and not true]
    missed = [1 for told, true in zip(apart, expected, strict=True) if true and not told]
    assert len(missed) <= 3
    # One alone is told as among others.
    assert [told_apart([pair], LEAST)[0] for pair in pairs[:40]] == apart[:40]


def test_texts_of_nothing_are_told_apart() -> None:
    nothing = Profile(concepts("", "en"))
    one = made()[0][0]
    assert told_apart([(nothing, nothing, 0), (nothing, one, 0), (one, nothing, 0)], LEAST) == [
        True,
        True,
        True,
    ]
    assert told_apart([], LEAST) == []
