"""The quick look says of a text what a full comparison would."""

import base64
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.story.compare import compare, is_near
from service.story.record import pack, unpack_bytes
from service.story.sieve import Sieve
from service.story.tokens import tokenize
from tests.story.articles import told

WORDS = told("ferry-ap").split()
OTHERS = told("furnace").split()


def record(words: Sequence[str]) -> bytes:
    return base64.b64decode(pack(tokenize(" ".join(words), "en", 3000)))


WHOLES = [record(WORDS), record(OTHERS), record(WORDS[: len(WORDS) // 2] + OTHERS), record([])]

part = st.builds(
    lambda begin, end, others, step: record(WORDS[begin:end:step] + OTHERS[:others]),
    st.integers(0, len(WORDS) - 1),
    st.integers(0, len(WORDS)),
    st.integers(0, len(OTHERS)),
    st.integers(1, 5),
)
few_words = st.lists(st.sampled_from(["7", "8", "Kurdish", "Ankara", "the", "a"]), max_size=300)


def near(text: bytes, records: Sequence[bytes]) -> list[bool]:
    return Sieve([unpack_bytes(text)]).near([0] * len(records), records)


def oracle(text: bytes, records: Sequence[bytes]) -> list[bool]:
    whole = unpack_bytes(text)
    return [is_near(compare(whole, unpack_bytes(record))) for record in records]


@given(st.lists(part, max_size=6))
def test_it_says_what_comparing_says(parts: list[bytes]) -> None:
    for whole in WHOLES:
        assert near(whole, parts) == oracle(whole, parts)


@given(st.lists(st.tuples(st.integers(0, len(WHOLES) - 1), part), max_size=8))
def test_several_texts_ask_together(asked: list[tuple[int, bytes]]) -> None:
    asked.sort(key=lambda each: each[0])
    asking, parts = [who for who, _ in asked], [text for _, text in asked]
    told_together = Sieve([unpack_bytes(whole) for whole in WHOLES]).near(asking, parts)
    assert told_together == [oracle(WHOLES[who], [text])[0] for who, text in asked]


@given(few_words, st.lists(few_words, max_size=4))
def test_texts_that_repeat_themselves(text: list[str], others: list[list[str]]) -> None:
    records = [record(words) for words in others]
    assert near(record(text), records) == oracle(record(text), records)


@pytest.mark.parametrize(("a", "b"), [("ferry-ap", "furnace"), ("miners", "ferry-ap")])
def test_unrelated_texts_are_far(a: str, b: str) -> None:
    assert near(record(told(a).split()), [record(told(b).split())]) == [False]


def test_a_text_without_words_is_far() -> None:
    assert near(record(WORDS), [record([]), record(WORDS), record([])]) == [False, True, False]
    assert near(record([]), [record(WORDS)]) == [False]


def test_what_is_no_record_is_refused() -> None:
    with pytest.raises(ValueError, match="sentence count"):
        near(record(WORDS), [record(OTHERS), b"\5"])
