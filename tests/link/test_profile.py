"""A text as it is compared: made alone, or with others."""

import numpy as np
import pytest

from service.link.profile import Profile
from service.text.concepts.stream import NAME, WORD, Concepts, concepts

A, B, C = WORD << 24 | 7, NAME << 24 | 3, NAME << 24 | 1
WEIGHTS = {A: 2.6, B: 1.8, C: 3.0}


def text(*ids: int) -> Concepts:
    """A text with an id at every token, and three in a sentence."""
    return Concepts(
        ids=np.array(ids, dtype=np.uint32),
        weights=np.array([WEIGHTS[each] for each in ids], dtype=np.float32),
        tokens=np.arange(len(ids), dtype=np.int32),
        sentences=np.arange(len(ids), dtype=np.int32) // 3,
        words=len(ids),
    )


def test_what_is_said_of_the_different_ids() -> None:
    profile = Profile(text(B, A, B, C))
    assert profile.ids.tolist() == [A, C, B]
    assert profile.places.tolist() == [1, 3, 0]
    assert profile.once.tolist() == [True, True, False]
    assert profile.numbers.tolist() == [2, 0, 2, 1]
    assert profile.totals == pytest.approx([2.6, 4.8, 0.0])
    assert profile.square == pytest.approx(2.6**2 + 1.8**2 + 3.0**2)
    assert profile.facts.tolist() == [True, False, True, True]
    assert (profile.sentence_count, profile.heavy.tolist()) == (2, [0])
    assert profile.heavy_weights.tolist() == [[pytest.approx(6.2)]]


def test_profiles_made_together_are_those_made_alone() -> None:
    lot = np.random.default_rng(1)
    texts = [text(*lot.choice([A, B, C], size).tolist()) for size in range(1, 20)]
    texts.insert(3, concepts("", "en"))
    for each, together in zip(texts, Profile.together(texts), strict=True):
        alone = Profile(each)
        for name in ("ids", "weights", "places", "once", "numbers", "facts", "heavy"):
            assert np.array_equal(getattr(alone, name), getattr(together, name))
        assert (alone.totals, alone.square) == (together.totals, together.square)
    assert Profile.together([]) == []
