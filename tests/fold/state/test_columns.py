"""The numbers held in memory of every article and story."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from service.fold.state.columns import ArticleColumns, FreeSlots, StoryColumns, rank_of


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 9), st.integers(1, 3)), max_size=200))
def test_article_columns_behave_as_a_sorted_dictionary(steps: list[tuple[bool, int, int]]) -> None:
    columns, slots, number = ArticleColumns(), dict[int, int](), 0
    for drop, which, gap in steps:
        if drop and slots:
            removed = sorted(slots)[which % len(slots)]
            columns.remove(removed)
            del slots[removed]
        else:
            number += gap
            columns.add(number, which + 1, float(number))
            slots[number] = which + 1
        assert columns.count == len(slots)
        around = np.arange(number + 4)
        assert [bool(each) for each in columns.are_alive(around)] == [n in slots for n in around]
        if slots:
            assert columns.oldest == min(slots)
            assert columns.oldest_seen == min(slots)
            assert columns.slots(np.array(sorted(slots))).tolist() == [
                slots[each] for each in sorted(slots)
            ]


def test_article_columns_with_gaps_between_numbers() -> None:
    columns = ArticleColumns()
    for number in range(0, 9000, 3):
        columns.add(number, 7, 0.0)
    columns.move([0, 8997], 8)
    for number in range(0, 8000, 3):
        columns.remove(number)
    assert columns.oldest == 8001
    assert columns.slots(np.array([8997])).tolist() == [8]


def test_stories_are_ranked_as_their_ids_are() -> None:
    ids = [f"urn:copydesk:story:{number:032x}" for number in (5, 3 << 100, 2 << 120)]
    columns = StoryColumns()
    for slot, story_id in zip((5000, 1, 3), ids, strict=True):
        columns.add(slot, story_id)
    ranks = columns.ranks(np.array([5000, 1, 3], dtype=np.uint32)).tolist()
    assert ranks == sorted(ranks) == [rank_of(story_id) for story_id in ids]
    assert columns.resize(5000, 2) == columns.size(5000) == 2


def test_a_freed_slot_is_used_again_and_no_slot_twice() -> None:
    free = FreeSlots(np.array([1, 2, 4]))
    assert {free.take(), free.take()} == {3, 5}
    free.give(2)
    assert free.take() == 2
    assert FreeSlots().take() == 1
