"""Texts that are laid out together are as each laid out by itself."""

from dataclasses import fields

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from service.story.layout import lay_out, lay_out_marks
from service.story.record import TextRecord, pack, packed_bytes, unpack_bytes
from service.story.tokens import tokenize
from tests.story.articles import told

WORDS = [*told("ferry-ap").split(), *told("furnace").split()]

some_words = st.one_of(
    st.lists(st.sampled_from(["7", "Ankara", "the", "a", "The end.", "Kurdish"]), max_size=40),
    st.builds(
        lambda begin, size, step: WORDS[begin : begin + size : step],
        st.integers(0, len(WORDS)),
        st.integers(0, 300),
        st.integers(1, 3),
    ),
)


def record(words: list[str]) -> bytes:
    return packed_bytes(pack(tokenize(" ".join(words), "en", 3000)))


def same(a: object, b: object) -> bool:
    if isinstance(a, np.ndarray) and isinstance(b, np.ndarray):
        return a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()
    names = [field.name for field in fields(a)]  # type: ignore[arg-type]
    return all(same(getattr(a, name), getattr(b, name)) for name in names)


@given(st.lists(some_words, min_size=1, max_size=6))
def test_each_is_as_if_alone(texts: list[list[str]]) -> None:
    records = [record(words) for words in texts]
    together: list[TextRecord] = [unpack_bytes(each) for each in records]
    lay_out_marks(together)
    lay_out(together)
    for text, each in zip(together, records, strict=True):
        alone = unpack_bytes(each)
        for name in ("fives", "pairs", "threes", "key_threes", "units", "by_word"):
            assert name in vars(text)
            assert same(getattr(text, name), getattr(alone, name)), name
