"""Pairs and kinds are counted as the page on copies says."""

from tests.eval.copy_counts import Share, count_kinds, count_pairs, pairs_within
from tests.eval.real_rows import RealRow


def row(set_: str, story: str, language: str, kind: str = "") -> RealRow:
    return RealRow(story, set_, "", story, story, language, kind)


ROWS = [
    row("spun", "a", "de"),
    row("spun", "a", "de"),
    row("spun", "a", "de"),
    row("spun", "b", "ja"),
    row("distinct", "c", "ko", "distinct"),
]


def test_pairs_are_counted_by_language_and_length() -> None:
    found = count_pairs(ROWS, [200, 200, 100, 200, 200], frozenset({(0, 1), (0, 3)}))
    short, long = found["spun", "de", "short"], found["spun", "de", "long"]
    assert (short.belong, short.put, short.both) == (2, 0, 0)
    assert short.precision is None
    assert (long.belong, long.put, long.both) == (1, 2, 1)
    assert (found["spun", "ja", "long"].put, found["spun", "ja", "long"].recall) == (1, None)
    assert found["spun", "all", "long"].put == 2, "a wrong pair of two languages counts once"
    assert found["spun", "all", "long"].precision == 0.5


def test_a_wrong_pair_of_two_sets_counts_for_both() -> None:
    found = count_pairs(ROWS, [200] * 5, frozenset({(3, 4)}))
    assert found["spun", "all", "long"].put == found["distinct", "all", "long"].put == 1


def test_kinds_are_counted_with_their_source() -> None:
    rows = [
        row("rewritten", "r", "en", "source"),
        row("rewritten", "r", "en", "full"),
        row("rewritten", "r", "en", "full"),
        row("rewritten", "r|own", "en", "own"),
        row("reuse_ur", "u", "ur", "source"),
        row("reuse_ur", "u", "ur", "WD"),
        row("reuse_ur", "u|nd", "ur", "ND"),
        row("same_event", "s", "en", "same_event"),
    ]
    found = count_kinds(rows, frozenset({(0, 1), (0, 3), (4, 6)}))
    assert found == {
        "full": Share(1, 2),
        "own": Share(1, 1),
        "WD": Share(0, 1),
        "ND": Share(1, 1),
        "same_event": Share(0, 1),
    }


def test_pairs_within_groups() -> None:
    assert pairs_within("abab") == {(0, 2), (1, 3)}
