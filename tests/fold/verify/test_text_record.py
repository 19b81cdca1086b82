"""The verification record is small, and is read back."""

import base64

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.fold.verify.text_record import unpack
from service.text.anchors import is_anchor
from service.text.packed import MAX_TOKENS, pack
from service.text.tokens import NUMBER, tokenize
from tests.fold.articles import text_of

texts = st.text(alphabet="abcd eE.,19\n東京", max_size=300)


@given(texts)
def test_a_record_is_read_back(text: str) -> None:
    tokens = tokenize(text, "en", MAX_TOKENS)
    read = unpack(pack(tokens))
    assert (read.ids == tokens.ids & np.uint64((1 << 20) - 1)).all()
    assert (read.sentences == tokens.sentences).all()
    assert (read.numbers == (tokens.kinds == NUMBER)).all()
    assert (read.anchors == is_anchor(tokens.zipf, tokens.kinds)).all()


def test_six_hundred_words_take_at_most_3_kilobytes() -> None:
    text = " ".join([text_of("ferry-ap"), text_of("furnace"), text_of("miners")]).split()[:600]
    assert len(pack(tokenize(" ".join(text), "en", MAX_TOKENS))) <= 3000


def test_common_words_weigh_nothing_and_rare_ones_most() -> None:
    read = unpack(pack(tokenize("the village archipelago", "en", 10)))
    assert read.weights[0] == 0 < read.weights[1] < read.weights[2]


@given(texts)
def test_the_words_of_sentences_are_found_by_word(text: str) -> None:
    read = unpack(pack(tokenize(text, "en", MAX_TOKENS)))
    weighty = read.weights > 0
    sentences = [
        set(read.ids[(read.sentences == n) & weighty].tolist()) for n in range(read.sentence_count)
    ]
    units, by_word = read.units, read.by_word
    expected = list(zip(units.sentences.tolist(), units.ids.tolist(), strict=True))
    assert expected == [(n, word) for n, words in enumerate(sentences) for word in sorted(words)]
    assert by_word.ids.tolist() == [expected[unit][1] for unit in by_word.units]
    assert sorted(expected, key=lambda unit: unit[::-1]) == [
        expected[unit] for unit in by_word.units
    ]
    assert by_word.in_next.tolist() == [(n + 1, word) in expected for n, word in expected]


@pytest.mark.parametrize(
    "record",
    ["!", "", base64.b64encode(b"\x05\x00").decode(), base64.b64encode(b"\0\0ab").decode()],
)
def test_an_invalid_record_is_an_error(record: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        unpack(record)
