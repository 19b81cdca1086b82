"""Sentences and their translations, in the order of both texts."""

import pytest

from service.link.explain import aligned
from service.link.explain.aligned import Bead, align_in_order


def sentence(*ids: int) -> dict[int, float]:
    """A sentence of concepts of equal weight."""
    return dict.fromkeys(ids, 2.0)


def pairs(beads: list[Bead]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(bead.a, bead.b) for bead in beads]


def test_each_sentence_is_beside_its_translation() -> None:
    a = [sentence(1, 2, 3), sentence(4, 5, 6)]
    b = [sentence(1, 2, 30), sentence(4, 5, 60)]
    assert pairs(align_in_order(a, b)) == [((0,), (0,)), ((1,), (1,))]
    assert align_in_order(a, b)[0].found == pytest.approx(2 / 3)


def test_a_sentence_that_was_cut_in_three_is_beside_all_three() -> None:
    whole = [sentence(*range(12))]
    parts = [sentence(*range(4)), sentence(*range(4, 8)), sentence(*range(8, 12))]
    assert pairs(align_in_order(whole, parts)) == [((0,), (0, 1, 2))]
    assert pairs(align_in_order(parts, whole)) == [((0, 1, 2), (0,))]


def test_what_was_left_out_stands_alone_where_it_was() -> None:
    a = [sentence(1, 2), sentence(3, 4), sentence(5, 6)]
    b = [sentence(1, 2), sentence(5, 6), sentence(7, 8)]
    found = pairs(align_in_order(a, b))
    assert found == [((0,), (0,)), ((1,), ()), ((2,), (1,)), ((), (2,))]


@pytest.mark.parametrize("turned", [False, True])
def test_what_stands_alone_between_two_pairs_on_both_sides_is_a_pair_by_its_place(
    turned: bool,
) -> None:
    a = [sentence(1, 2), sentence(3), sentence(5, 6)]
    b = [sentence(1, 2), sentence(4), sentence(5, 6)]
    beads = align_in_order(b, a) if turned else align_in_order(a, b)
    assert pairs(beads) == [((0,), (0,)), ((1,), (1,)), ((2,), (2,))]
    assert beads[1].found == 0
    more = [*b[:2], sentence(7), b[2]]
    assert not any(bead.a == (1,) and bead.b for bead in align_in_order(a, more))
    assert not any(bead.a == (1,) and bead.b for bead in align_in_order(a[:2], b[:2]))


def test_a_common_word_is_no_partner() -> None:
    a, b = [sentence(1, *range(10, 20))], [sentence(1, *range(20, 30))]
    assert pairs(align_in_order(a, b)) in ([((0,), ()), ((), (0,))], [((), (0,)), ((0,), ())])


def test_order_is_kept_where_a_sentence_fits_twice() -> None:
    a = [sentence(1, 2), sentence(3, 4), sentence(1, 2)]
    assert pairs(align_in_order(a, a)) == [((0,), (0,)), ((1,), (1,)), ((2,), (2,))]


@pytest.mark.parametrize(("a", "b"), [([], []), ([{}], []), ([], [{}, {}]), ([{}], [{}])])
def test_texts_without_concepts_have_no_partners(
    a: list[dict[int, float]], b: list[dict[int, float]]
) -> None:
    beads = align_in_order(a, b)
    assert sorted(number for bead in beads for number in bead.a) == list(range(len(a)))
    assert sorted(number for bead in beads for number in bead.b) == list(range(len(b)))
    assert not any(bead.a and bead.b for bead in beads)


def test_of_a_text_of_very_many_sentences_the_first_are_aligned(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(aligned, "MOST_SENTENCES", 9)
    many = [sentence(2 * number, 2 * number + 1) for number in range(11)]
    beads = align_in_order(many, many)
    assert sum(bool(bead.a and bead.b) for bead in beads) == 9
    assert pairs(beads[-4:-2]) == [((9,), ()), ((10,), ())]
