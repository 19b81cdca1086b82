"""Arrays derived of several texts together are those derived of each alone."""

from dataclasses import fields

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from service.fold.verify.text_batch import derive_batch, derive_hashes
from service.fold.verify.text_record import TextRecord, packed_bytes, unpack_bytes
from service.text.packed import pack
from service.text.tokens import tokenize
from tests.fold.articles import text_of

WORDS = [*text_of("ferry-ap").split(), *text_of("furnace").split()]

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
def test_arrays_are_those_derived_of_each_text_alone(texts: list[list[str]]) -> None:
    records = [record(words) for words in texts]
    together: list[TextRecord] = [unpack_bytes(each) for each in records]
    derive_hashes(together)
    derive_batch(together)
    for text, each in zip(together, records, strict=True):
        alone = unpack_bytes(each)
        for name in ("fives", "pairs", "threes", "key_threes", "units", "by_word"):
            assert name in vars(text)
            assert same(getattr(text, name), getattr(alone, name)), name
