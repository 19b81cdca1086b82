"""The index: what is found does not depend on how its stories came and were sealed."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest

from service.link import key_index
from service.link.key_index import KeyIndex
from service.link.segment import prints
from service.text.hashing import Hashes


class Window:
    """Stories that are there until they are removed."""

    def __init__(self) -> None:
        self.gone: set[int] = set()

    def are_alive(self, numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
        """Return which are there."""
        return np.isin(numbers, sorted(self.gone), invert=True)


def texts(count: int) -> list[Hashes]:
    lot = np.random.default_rng(2)
    return [np.unique(lot.integers(5_000, size=20)).astype(np.uint64) for _ in range(count)]


def found(index: KeyIndex, keys: Hashes, most: int = 1000) -> Sequence[tuple[int, int]]:
    """Keys and stories that have them."""
    own = prints(keys)
    order = own.argsort()
    (position, number), usable = index.look_up(own.take(order), most)
    assert len(usable) == len(keys)
    assert usable.take(position).all()
    return sorted(zip(keys.take(order.take(position)).tolist(), number.tolist(), strict=True))


@pytest.mark.parametrize("step", [1, 7, 400])
def test_every_posting_is_found_however_stories_came(
    step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_index, "_SEALED", 32)
    monkeypatch.setattr(key_index, "_LOADED", 100)
    own, window = texts(300), Window()
    window.gone = {step * number for number in range(0, 300, 4)}
    added, loaded = KeyIndex(window), KeyIndex(window)
    for number, keys in enumerate(own):
        added.add(step * number, keys)
    loaded.load((step * number, keys) for number, keys in enumerate(own))
    query = np.arange(0, 5_000, 3, dtype=np.uint64)
    expected = [
        (key, step * number)
        for number, keys in enumerate(own)
        if step * number not in window.gone
        for key in keys.tolist()
        if key % 3 == 0
    ]
    assert found(added, query) == sorted(expected)
    assert found(loaded, query) == sorted(expected)
    assert found(added, query[:0]) == []


def test_a_key_that_too_many_have_has_no_postings() -> None:
    index, window = KeyIndex(window := Window()), window
    for number in range(20):
        index.add(number, np.array([1] if number % 2 else [1, 2], dtype=np.uint64))
    keys = np.array([1, 2], dtype=np.uint64)
    assert {key for key, _ in found(index, keys, 20)} == {1, 2}
    assert {key for key, _ in found(index, keys, 19)} == {2}
    window.gone.add(3)
    assert len(found(index, keys, 19)) == 19 + 10


def test_segments_of_stories_that_have_left_are_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_index, "_SEALED", 32)
    index = KeyIndex(Window())
    assert index.nbytes == 0
    for number, keys in enumerate(texts(64)):
        index.add(100_000 * number, keys)
    held = index.nbytes
    index.expire(100_000 * 60)
    assert 0 < index.nbytes < held / 8
