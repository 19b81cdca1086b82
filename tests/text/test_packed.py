"""Packing tokens to records and reading them back."""

import base64

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.fold.verify.text_record import unpack_bytes
from service.text.packed import (
    NUMBER_CLASS,
    RARITIES,
    are_anchors,
    ids_of,
    pack,
    read_tokens,
    read_words,
    sentence_count,
    sentence_lengths,
)
from service.text.tokens import tokenize


def record(text: str) -> bytes:
    return base64.b64decode(pack(tokenize(text, "en", 3000)))


@given(st.lists(st.text(alphabet="abcd eE.,19\n東京", max_size=100), min_size=1, max_size=5))
def test_texts_read_together_are_as_read_alone(texts: list[str]) -> None:
    records = [record(text) for text in texts]
    together = read_tokens(records)
    assert together.ends[-1] == len(together.words)
    for number, alone in enumerate(map(unpack_bytes, records)):
        words, begin = together.of(number), together.begin(number)
        tops = together.tops[begin : begin + len(words)]
        assert np.array_equal(tops, alone.ids >> np.uint64(4))
        assert np.array_equal(words, read_words(records[number]))
        assert np.array_equal(ids_of(words), alone.ids)
        assert np.array_equal(are_anchors(words), alone.anchors)


def test_numbers_rare_words_and_rarer_names_are_anchors() -> None:
    classes = np.array([*range(2 * RARITIES), NUMBER_CLASS], dtype=np.uint32)
    assert classes[are_anchors(classes)].tolist() == [0, 1, 2, 7, 8, 9, 10, 11, 15]


def test_sentences_are_counted() -> None:
    packed = record("One sentence here. Another one is there.")
    assert sentence_count(packed) == 2
    assert sentence_lengths(packed).tolist() == [3, 4]


@pytest.mark.parametrize("broken", [b"", b"\0", b"\5\0", b"\0\0ab"])
def test_invalid_records_are_refused(broken: bytes) -> None:
    with pytest.raises(ValueError, match="sentence count"):
        read_tokens([record("a text"), broken])
    with pytest.raises(ValueError, match="sentence count"):
        read_words(broken)
