"""Stories that share keys, and rare ones."""

from collections.abc import Iterable, Sequence

import numpy as np
import pytest

from service.link import key_index
from service.link.key_index import KeyIndex
from service.link.plan import Plan
from service.link.sharing import STOP_KEY_POSTINGS, sharing
from service.link.story import LinkStory
from service.text.concepts.stream import Concepts
from tests.link.test_key_index import Window

_NO_TEXT = Concepts(
    ids=np.empty(0, dtype=np.uint32),
    weights=np.empty(0, dtype=np.float32),
    tokens=np.empty(0, dtype=np.int32),
    sentences=np.empty(0, dtype=np.int32),
    words=100,
)


def story(values: Iterable[int]) -> LinkStory:
    keys = np.array(sorted(set(values)), dtype=np.uint64)
    return LinkStory("id", "en", None, _NO_TEXT, keys)


def index(*stories: Iterable[int], window: Window | None = None) -> KeyIndex:
    made = KeyIndex(window or Window())
    for number, values in enumerate(stories):
        made.add(number, story(values).keys)
    return made


def shared(made: KeyIndex, plan: Plan) -> list[list[tuple[int, int]]]:
    return [sorted(map(tuple, own)) for own in sharing(made, plan, 2)]  # type: ignore[arg-type]


def found(made: KeyIndex, *values: int) -> Sequence[tuple[int, int]]:
    return shared(made, Plan.of([story(values)]))[0]


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


@pytest.mark.parametrize("sealed", [16, 1024])
def test_what_is_found_ahead_is_what_is_found_when_it_is_done(
    sealed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_index, "_SEALED", sealed)
    lot, window = np.random.default_rng(1), Window()
    # Half of the texts have some of a few keys, which are stop keys now and then.
    texts = [
        story([*lot.integers(900, size=12).tolist(), *lot.integers(900, 904, size=number % 2 * 3)])
        for number in range(560)
    ]
    made = index(*(text.keys.tolist() for text in texts[:400]), window=window)
    plan, expected = Plan(), []
    for number, text in enumerate(texts[400:], 400):
        plan.look_for(text)
        plan.add(number, text)
        if number % 3:
            plan.remove(number - 380)
        if number % 7 == 0:
            plan.remove(number - 5)
    ahead = shared(made, plan)
    place = 0
    for query in plan.queries:
        for step in plan.steps[place : query.after]:
            if step.keys is None:
                window.gone.add(step.number)
            else:
                made.add(step.number, step.keys)
        place = query.after
        expected.append(shared(made, Plan.of([query.story]))[0])
    assert ahead == expected
    assert sum(map(len, ahead)) > 100
    assert shared(made, Plan()) == []
