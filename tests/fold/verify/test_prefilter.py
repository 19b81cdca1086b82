"""The prefilter gives the result of a full comparison."""

import base64
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.fold.verify.features import compare, is_near
from service.fold.verify.prefilter import Prefilter
from service.fold.verify.text_record import unpack_bytes
from service.text.packed import pack
from service.text.tokens import tokenize
from tests.fold.articles import text_of

WORDS = text_of("ferry-ap").split()
OTHERS = text_of("furnace").split()


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
    return Prefilter([unpack_bytes(text)]).near([0] * len(records), records)


def oracle(text: bytes, records: Sequence[bytes]) -> list[bool]:
    whole = unpack_bytes(text)
    return [is_near(compare(whole, unpack_bytes(record))) for record in records]


@given(st.lists(part, max_size=6))
def test_the_result_is_that_of_a_full_comparison(parts: list[bytes]) -> None:
    for whole in WHOLES:
        assert near(whole, parts) == oracle(whole, parts)


@given(st.lists(st.tuples(st.integers(0, len(WHOLES) - 1), part), max_size=8))
def test_several_queries_together(pairs: list[tuple[int, bytes]]) -> None:
    pairs.sort(key=lambda each: each[0])
    queries, parts = [query for query, _ in pairs], [text for _, text in pairs]
    found = Prefilter([unpack_bytes(whole) for whole in WHOLES]).near(queries, parts)
    assert found == [oracle(WHOLES[query], [text])[0] for query, text in pairs]


@given(few_words, st.lists(few_words, max_size=4))
def test_texts_that_repeat_themselves(text: list[str], others: list[list[str]]) -> None:
    records = [record(words) for words in others]
    assert near(record(text), records) == oracle(record(text), records)


@pytest.mark.parametrize(("a", "b"), [("ferry-ap", "furnace"), ("miners", "ferry-ap")])
def test_unrelated_texts_are_not_near(a: str, b: str) -> None:
    assert near(record(text_of(a).split()), [record(text_of(b).split())]) == [False]


def test_a_text_without_words_is_not_near() -> None:
    assert near(record(WORDS), [record([]), record(WORDS), record([])]) == [False, True, False]
    assert near(record([]), [record(WORDS)]) == [False]


def test_an_invalid_record_is_an_error() -> None:
    with pytest.raises(ValueError, match="sentence count"):
        near(record(WORDS), [record(OTHERS), b"\5"])
