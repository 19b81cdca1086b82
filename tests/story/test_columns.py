"""The few numbers kept of every article and story."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from service.story.columns import Arrivals, FreeSlots, Places, rank_of


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 9), st.integers(1, 3)), max_size=200))
def test_arrivals_are_a_dictionary_in_order(steps: list[tuple[bool, int, int]]) -> None:
    arrivals, held, number = Arrivals(), dict[int, int](), 0
    for drop, which, gap in steps:
        if drop and held:
            gone = sorted(held)[which % len(held)]
            arrivals.drop(gone)
            del held[gone]
        else:
            number += gap
            arrivals.add(number, which + 1, float(number))
            held[number] = which + 1
        assert arrivals.count == len(held)
        if held:
            assert arrivals.oldest == min(held)
            assert arrivals.oldest_seen == min(held)
            assert arrivals.slots(np.array(sorted(held))).tolist() == [
                held[each] for each in sorted(held)
            ]


def test_arrivals_far_apart_and_many() -> None:
    arrivals = Arrivals()
    for number in range(0, 9000, 3):
        arrivals.add(number, 7, 0.0)
    arrivals.move([0, 8997], 8)
    for number in range(0, 8000, 3):
        arrivals.drop(number)
    assert arrivals.oldest == 8001
    assert arrivals.slots(np.array([8997])).tolist() == [8]


def test_stories_are_ranked_as_their_ids_are() -> None:
    ids = [f"urn:copydesk:story:{number:032x}" for number in (5, 3 << 100, 2 << 120)]
    places = Places()
    for slot, story_id in zip((5000, 1, 3), ids, strict=True):
        places.add(slot, story_id)
    ranks = places.ranks(np.array([5000, 1, 3], dtype=np.uint32)).tolist()
    assert ranks == sorted(ranks) == [rank_of(story_id) for story_id in ids]
    assert places.resize(5000, 2) == places.size(5000) == 2


def test_a_freed_slot_is_given_again_and_none_twice() -> None:
    free = FreeSlots(np.array([1, 2, 4]))
    assert {free.take(), free.take()} == {3, 5}
    free.give(2)
    assert free.take() == 2
    assert FreeSlots().take() == 1
