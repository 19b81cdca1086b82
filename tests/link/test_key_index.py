"""Stories that share keys, and rare ones."""

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from service.fold.candidates.index import STOP_KEY_POSTINGS
from service.link.key_index import KeyIndex, index_keys
from service.text.hashing import Hashes


class Window:
    """Stories that are there until they are removed."""

    def __init__(self) -> None:
        self.gone: set[int] = set()

    def are_alive(self, numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
        """Return which are there."""
        return np.array([number not in self.gone for number in numbers.tolist()], dtype=bool)


def keys(*values: int) -> Hashes:
    return index_keys(np.array(values, dtype=np.uint64) << np.uint64(1))


def index(*stories: Iterable[int], window: Window | None = None) -> KeyIndex:
    made = KeyIndex(window or Window())
    for number, values in enumerate(stories):
        made.add(number, keys(*values))
    return made


def found(made: KeyIndex, *values: int) -> Sequence[tuple[int, int]]:
    return [tuple(each) for each in made.sharing(keys(*values), 2)]  # type: ignore[misc]


def strangers(key: int, count: int) -> list[tuple[int, ...]]:
    """Stories that have a key, and else others than anyone."""
    return [(key, 1_000_000 * key + number) for number in range(count)]


def test_two_rare_keys_are_enough_and_one_is_not() -> None:
    made = index((1, 2, 3), (1, 20, 30), (1, 2, 3, 4))
    assert found(made, 1, 2, 9) == [(0, 2), (2, 2)]
    assert found(made, 7, 8) == []


def test_two_keys_that_many_strangers_have_are_not_enough() -> None:
    pair = [(1, 2)]
    assert found(index(*pair, *strangers(1, 4), *strangers(2, 4)), 1, 2) == [(0, 2)]
    assert found(index(*pair, *strangers(1, 40), *strangers(2, 40)), 1, 2) == []
    # Of more of them it is.
    four = index((1, 2, 3, 4), *(each for key in (1, 2, 3, 4) for each in strangers(key, 20)))
    assert found(four, 1, 2, 3, 4) == [(0, 4)]


def test_many_stories_that_share_both_are_no_strangers() -> None:
    assert len(found(index(*[(1, 2)] * 100), 1, 2)) == 100


def test_a_stop_key_is_none() -> None:
    made = index((1, 2, 3), *strangers(1, STOP_KEY_POSTINGS))
    assert found(made, 1, 2, 3) == [(0, 2)]
    assert found(made, 1, 2) == []


def test_looked_up_together_or_alone_the_same_is_found() -> None:
    lot = np.random.default_rng(1)
    window = Window()
    made = index(*lot.integers(900, size=(1500, 12)).tolist(), window=window)
    queries = [keys(*lot.integers(900, size=30).tolist()) for _ in range(40)]
    alone = [list(made.sharing(query, 2)) for query in queries]
    assert sum(map(len, alone)) > 20
    assert made.sharing_together(queries, 2) == [made.sharing(query, 2) for query in queries]
    assert [list(made.sharing(query, 2)) for query in queries] == alone
    # What leaves or comes after they were looked up is left out, or found.
    leaving = {each.number for own in alone[::2] for each in own}
    for number in sorted(leaving):
        window.gone.add(number)
        made.remove(number)
    made.add(1500, queries[0])
    after = [list(made.sharing(query, 2)) for query in queries]
    assert after != alone
    assert made.sharing_together([], 2) == []
    assert [list(made.sharing(query, 2)) for query in queries] == after
    assert [list(each) for each in made.sharing_together(queries, 2)] == after
