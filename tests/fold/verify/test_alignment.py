"""Alignment of one text with another."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.fold.verify.alignment import NOTHING, align, align_both
from service.fold.verify.text_record import TextRecord, unpack
from service.text.packed import pack
from service.text.tokens import tokenize

FIRST = "Sheriff Alan Boisvert said thieves emptied 1,100 barrels of maple syrup in Eden Crossing."
SECOND = "Investigators believe tanker trucks crossed the frozen orchard during nine nights."
THIRD = "Cooperative members offered a reward of $40,000 for information about the theft."


def read(*sentences: str) -> TextRecord:
    return unpack(pack(tokenize(" ".join(sentences), "en", 1000)))


def test_a_text_is_found_in_itself() -> None:
    found = align(read(FIRST, SECOND, THIRD), read(FIRST, SECOND, THIRD))
    assert found.covered == found.order == found.solid == 1
    assert found.soft == pytest.approx(1)
    assert found.clash == 0


def test_a_part_is_found_in_the_whole_but_not_the_whole_in_the_part() -> None:
    part, whole = read(SECOND), read(FIRST, SECOND, THIRD)
    assert align(part, whole).covered == 1
    assert align(whole, part).covered < 0.5


def test_the_head_is_found_anywhere() -> None:
    head = " ".join([FIRST, SECOND] * 4)
    assert align(read(head, THIRD), read(THIRD)).head < 0.1
    assert align(read(head, THIRD), read(THIRD, SECOND, FIRST)).head == pytest.approx(1)


def test_reversed_sentences_have_order_0() -> None:
    forth, back = read(FIRST, SECOND, THIRD), read(THIRD, SECOND, FIRST)
    assert align(forth, back).covered == 1
    assert align(forth, back).order == 0


def test_other_facts_in_the_same_words_clash() -> None:
    twin = (
        FIRST.replace("Boisvert", "Lindqvist").replace("1,100", "2,300").replace("Eden", "Port"),
        SECOND.replace("nine", "four"),
        THIRD.replace("40,000", "75,000"),
    )
    found = align(read(FIRST, SECOND, THIRD), read(*twin))
    assert found.plain == pytest.approx(1)
    assert found.numbers == 0
    assert found.clash is not None
    assert found.clash > 0.5
    assert found.solid < 0.3


def test_the_same_facts_in_other_words_do_not_clash() -> None:
    spun = "1,100 casks of maple sirup vanished, according to Alan Boisvert of Eden Crossing."
    found = align(read(FIRST), read(spun))
    assert found.numbers == found.names == 1
    assert not found.clash
    assert found.plain < 0.7


def test_a_sentence_cut_in_two_is_found_in_the_pair() -> None:
    halves = FIRST.replace(" emptied", ". Emptied")
    assert align(read(FIRST), read(SECOND, halves, THIRD)).soft == pytest.approx(1)


@pytest.mark.parametrize(("a", "b"), [("", FIRST), (FIRST, ""), ("", ""), ("of the", FIRST)])
def test_a_text_without_words_has_no_alignment(a: str, b: str) -> None:
    assert align(read(a), read(b)) == NOTHING


words = st.sampled_from([*FIRST.split(), *SECOND.split(), "Vermont", "the", "7", "Quebec", "syrup"])
texts = st.lists(st.lists(words, min_size=1, max_size=12), max_size=6).map(
    lambda sentences: read(*(f"{' '.join(sentence)}." for sentence in sentences))
)


@given(texts, texts)
def test_both_directions_are_those_of_two_alignments(a: TextRecord, b: TextRecord) -> None:
    assert align_both(a, b) == (align(a, b), align(b, a))
    assert align_both(a, a) == (align(a, a),) * 2


@given(texts, texts)
def test_soft_is_the_share_in_the_best_windows(a: TextRecord, b: TextRecord) -> None:
    assert align(a, b).soft == pytest.approx(found_in_best_windows(a, b))


def found_in_best_windows(a: TextRecord, b: TextRecord) -> float:
    """Return `soft`, computed in the plainest way."""
    mine, theirs = sentences_of(a), sentences_of(b)
    windows = [*theirs, *({**left, **right} for left, right in pairwise(theirs))]
    totals = [sum(sentence.values()) for sentence in mine]
    least = 6.0 if max(totals, default=0.0) >= 6.0 else 1e-9
    found = total = 0.0
    for sentence, weight in zip(mine, totals, strict=True):
        shared = [sum(sentence[w] for w in sentence.keys() & window) for window in windows]
        worth = [each - 0.02 * weight * (n >= len(theirs)) for n, each in enumerate(shared)]
        if weight >= least and windows:
            found += shared[worth.index(max(worth))]
            total += weight
    return found / total if total else 0.0


def sentences_of(text: TextRecord) -> list[dict[int, float]]:
    """Return the words of each sentence with their weights, by first occurrence."""
    sentences: list[dict[int, float]] = [{} for _ in range(text.sentence_count)]
    columns = (text.sentences.tolist(), text.ids.tolist(), text.weights.tolist())
    for sentence, word, weight in zip(*columns, strict=True):
        if weight:
            sentences[sentence].setdefault(word, weight)
    return sentences
