"""Which English word is nearest to a word of another language."""

import numpy as np

from tests.lexicon.nearest import NEIGHBOURS, crowding, nearest, unit


def vectors(count: int, seed: int) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    return unit(np.random.default_rng(seed).normal(size=(count, 16)).astype(np.float32))


def test_a_word_that_is_near_to_everything_is_the_translation_of_nothing() -> None:
    words = vectors(40, 1)
    english = words + 0.3 * vectors(40, 2)
    middle = words.mean(axis=0, keepdims=True)
    everywhere = unit(np.concatenate([unit(english), middle]).astype(np.float32))
    found, scores, cosines = nearest(words, everywhere, 2)
    assert found[:, 0].tolist() == list(range(40))
    assert (scores[:, 0] >= scores[:, 1]).all()
    assert cosines.shape == (40, 2)


def test_crowding_is_the_mean_of_the_nearest() -> None:
    among = vectors(NEIGHBOURS, 3)
    assert np.allclose(crowding(among[:2], among), (among[:2] @ among.T).mean(axis=1), atol=1e-6)


def test_vectors_get_length_one_and_an_empty_one_stays() -> None:
    made = unit(np.array([[3.0, 4.0], [0.0, 0.0]], dtype=np.float32))
    assert made.tolist() == [[np.float32(0.6), np.float32(0.8)], [0.0, 0.0]]
