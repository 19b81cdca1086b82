"""The quick look never says of a text what a full comparison would not."""

import base64

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


def record(words: list[str]) -> bytes:
    return base64.b64decode(pack(tokenize(" ".join(words), "en", 3000)))


@given(
    st.integers(0, len(WORDS) - 1),
    st.integers(0, len(WORDS)),
    st.integers(0, len(OTHERS)),
    st.integers(1, 5),
)
def test_what_it_calls_far_is_not_near(begin: int, end: int, others: int, step: int) -> None:
    part = record(WORDS[begin:end:step] + OTHERS[:others])
    for whole in (record(WORDS), record(OTHERS), record(WORDS[: len(WORDS) // 2] + OTHERS)):
        if Sieve(unpack_bytes(whole)).is_far(part):
            assert not is_near(compare(unpack_bytes(whole), unpack_bytes(part)))


@pytest.mark.parametrize(("a", "b"), [("ferry-ap", "furnace"), ("miners", "ferry-ap")])
def test_unrelated_texts_are_far(a: str, b: str) -> None:
    assert Sieve(unpack_bytes(record(told(a).split()))).is_far(record(told(b).split()))


def test_a_text_without_words_is_far() -> None:
    assert Sieve(unpack_bytes(record(WORDS))).is_far(record([]))
    assert Sieve(unpack_bytes(record([]))).is_far(record(WORDS))
