"""Levenshtein's distance by bits is that of the table."""

import random

from tests.eval.edit_distance import edit_distance, fewest_edits, is_similar


def by_table(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for i, character in enumerate(one, start=1):
        before, row = row, [i]
        for j, against in enumerate(other, start=1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (character != against)))
    return row[-1]


def test_the_distance_is_that_of_the_table() -> None:
    lot = random.Random(1)
    for _ in range(300):
        one, other = ("".join(lot.choices("abcd", k=lot.randint(0, 90))) for _ in range(2))
        assert edit_distance(one, other) == by_table(one, other)
        assert fewest_edits(one, other) <= edit_distance(one, other)


def test_similar_is_a_share_of_the_longer_text() -> None:
    assert is_similar("a" * 100, "a" * 92 + "b" * 8, 0.92)
    assert not is_similar("a" * 100, "a" * 91 + "b" * 9, 0.92)
    assert not is_similar("abcdef" * 10, "fedcba" * 10, 0.92)
    assert is_similar("", "", 0.92)
