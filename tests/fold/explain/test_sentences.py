"""Sentences of two texts side by side."""

import pytest

from service.fold.explain.model import AlignedSentences, Stretch
from service.fold.explain.printed import Printed, locate_tokens
from service.fold.explain.sentences import align_sentences, find_partners, group, weigh
from service.fold.verify.alignment import ALIGNED
from service.fold.verify.features import compare
from service.fold.verify.text_record import TextRecord, unpack
from service.text.signature import sign
from tests.fold.articles import text_of
from tests.fold.explain.texts import SCRIPTS


def read(text: str, language: str = "en") -> tuple[Printed, TextRecord]:
    return locate_tokens(text, language), unpack(sign(text, language).record)


def rows(a: str, b: str, language: str = "en") -> tuple[AlignedSentences, ...]:
    return align_sentences(*read(a, language), *read(b, language))


def whole(stretches: tuple[Stretch, ...]) -> str:
    return "".join(stretch.text for stretch in stretches)


def words(stretches: tuple[Stretch, ...], *, shared: bool) -> list[str]:
    return [stretch.text.strip(" .,") for stretch in stretches if stretch.shared is shared]


@pytest.mark.parametrize("variant", ["original", "trimmed", "spun"])
def test_every_sentence_is_shown_once_and_whole(variant: str) -> None:
    texts = text_of("ferry-ap"), text_of("ferry-ap", variant)
    found = rows(*texts)
    for text, sides in zip(
        texts,
        ([(r.numbers_a, r.a) for r in found], [(r.numbers_b, r.b) for r in found]),
        strict=True,
    ):
        shown = {
            number: whole(stretches)
            for numbers, sentences in sides
            for number, stretches in zip(numbers, sentences, strict=True)
        }
        printed = locate_tokens(text, "en")
        assert [shown[n] for n in range(len(printed.sentences))] == [
            text[start:end].strip() for start, end in printed.sentences
        ]


@pytest.mark.parametrize("language", SCRIPTS)
def test_a_text_agrees_with_itself_in_every_word(language: str) -> None:
    for row in rows(SCRIPTS[language], SCRIPTS[language], language):
        assert row.numbers_a == row.numbers_b
        assert all(stretch.shared for stretches in (*row.a, *row.b) for stretch in stretches)


def test_words_that_differ_are_marked_on_both_sides() -> None:
    [row] = rows(
        "The ferry Amber Wind ran aground near Harbor City with 214 people aboard on Tuesday.",
        "The ship Amber Wind ran aground close to Harbor City with 214 people aboard Tuesday.",
    )
    assert words(row.a[0], shared=False) == ["ferry", "near", "on"]
    assert words(row.b[0], shared=False) == ["ship", "close to"]
    assert row.found > ALIGNED


def test_chinese_is_marked_by_the_character() -> None:
    [row] = rows(
        "学校将招收300名研究人员，其中80名来自海外。",
        "学校将招收300名研究人员，其中90名来自海外。",
        "zh",
    )
    assert words(row.a[0], shared=False) == ["80"]
    assert words(row.b[0], shared=False) == ["90"]


def test_a_sentence_of_one_text_only_is_alone_and_in_order() -> None:
    first = "Captain Olga Reyes steered the ferry Amber Wind onto the rocks off Harbor City."
    middle = "Inspectors found rust 3 inches deep on the rudder, Lindqvist wrote."
    last = "Fishermen pulled all 214 passengers out of the freezing water before nightfall."
    found = rows(f"{first} {last}", f"{first} {middle} {last}")
    assert [(row.numbers_a, row.numbers_b) for row in found] == [
        ((0,), (0,)),
        ((), (1,)),
        ((1,), (2,)),
    ]
    assert found[1].found == 0


def test_a_sentence_made_of_two_is_beside_both() -> None:
    found = rows(
        "Reyes steered the Amber Wind onto the rocks, and fishermen rescued 214 passengers.",
        "Reyes steered the Amber Wind onto the rocks. Fishermen rescued 214 passengers.",
    )
    assert [(row.numbers_a, row.numbers_b) for row in found] == [((0,), (0, 1))]


def test_a_first_sentence_of_b_alone_is_before_the_rest_of_b() -> None:
    assert group([(1,)], [(), (0,)]) == [((), (0,)), ((0,), (1,))]
    assert group([()], [()]) == [((0,), ()), ((), (0,))]


@pytest.mark.parametrize("variant", ["trimmed", "spun"])
def test_the_share_of_sentences_with_partners_is_that_of_the_model(variant: str) -> None:
    (a, a_record), (b, b_record) = (
        read(text_of("ferry-ap")),
        read(text_of("ferry-ap", variant)),
    )
    if len(a.ids) > len(b.ids):
        (a, a_record), (b, b_record) = (b, b_record), (a, a_record)
    mine = weigh(a, a_record)
    partners = find_partners(mine, weigh(b, b_record))
    totals = [sum(weights.values()) for weights in mine]
    found = sum(total for total, partner in zip(totals, partners, strict=True) if partner)
    assert found / sum(totals) == pytest.approx(compare(a_record, b_record).covered, abs=0.05)
