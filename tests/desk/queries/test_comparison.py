"""Comparison of texts: sentences kept, cut, added, reworded, moved."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.desk.queries.comparison import Change, Comparison, compare_texts

SENTENCES = (
    "The harbour bridge at Port Alder reopened on Tuesday after two years of repairs.",
    "Some 4,000 people crossed it on foot before the first tram of the morning.",
    "Engineers replaced 312 cables and painted both towers a darker shade of grey.",
    "The mayor, Ines Rovira, called the ceremony the end of a long detour.",
    "Ferries between Quillon and Marsh Point will stop running next Monday.",
)
NEW = "A bakery on Lantern Street gave away nine hundred almond biscuits to pedestrians."


def changes(original: str, copy: str) -> list[Change]:
    return [row.change for row in rows(compare_texts(original, copy, "en"))]


def rows(comparison: Comparison) -> list:  # type: ignore[type-arg]
    return [row for block in comparison.blocks for row in block]


def text(*sentences: str) -> str:
    return " ".join(sentences)


def test_the_same_text_is_kept_in_one_block() -> None:
    comparison = compare_texts(text(*SENTENCES), text(*SENTENCES), "en")
    assert comparison.is_same
    assert [len(block) for block in comparison.blocks] == [5]


def test_other_quotes_and_dashes_are_the_same_words() -> None:
    assert compare_texts(
        'He said: "It is open" - now.', "He said: “It is open” – now.", "en"
    ).is_same


def test_a_cut_sentence_is_shown_at_its_position() -> None:
    found = changes(text(*SENTENCES), text(*SENTENCES[:2], *SENTENCES[3:]))
    assert found == [Change.KEPT, Change.KEPT, Change.CUT, Change.KEPT, Change.KEPT]


def test_an_added_sentence_is_shown_at_its_position() -> None:
    found = changes(text(*SENTENCES), text(SENTENCES[0], NEW, *SENTENCES[1:]))
    assert found[:3] == [Change.KEPT, Change.ADDED, Change.KEPT]


def test_only_words_that_differ_are_highlighted() -> None:
    copy = SENTENCES[2].replace("painted", "coated").replace("grey", "charcoal")
    (row,) = rows(compare_texts(SENTENCES[2], copy, "en"))
    assert row.change is Change.REWORDED
    cut = [run.text.strip(" .") for run in row.original[0] if not run.shared]
    added = [run.text.strip(" .") for run in row.copy[0] if not run.shared]
    assert (cut, added) == (["painted", "grey"], ["coated", "charcoal"])


def test_a_sentence_that_was_put_earlier_is_moved() -> None:
    copy = text(SENTENCES[3], *SENTENCES[:3], SENTENCES[4])
    comparison = compare_texts(text(*SENTENCES), copy, "en")
    assert comparison.moved == 1
    assert [row.moved for row in rows(comparison)] == [False, False, False, True, False]
    assert not comparison.is_same


@pytest.mark.parametrize("original", ["", "Word.", "– –"])
def test_texts_of_nothing_are_compared_too(original: str) -> None:
    compare_texts(original, SENTENCES[0], "en")
    compare_texts(SENTENCES[0], original, "xx")


@settings(max_examples=40)
@given(st.lists(st.sampled_from((*SENTENCES, NEW)), unique=True), st.permutations(SENTENCES))
def test_no_sentence_is_lost_or_invented(first: list[str], second: list[str]) -> None:
    comparison = compare_texts(text(*first), text(*second), "en")
    for side, sentences in (("original", first), ("copy", second)):
        shown = [
            "".join(run.text for run in sentence)
            for row in rows(comparison)
            for sentence in getattr(row, side)
        ]
        assert sorted(shown) == sorted(sentences)
