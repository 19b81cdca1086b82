"""The lexicon: its file, and what the one that ships says of some words."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.text.concepts.lexicon import (
    lexicon,
    month_key,
    pack_lexicon,
    prefix_key,
    read_lexicon,
    word_key,
)


def named(word: str) -> list[str]:
    """The concepts of a word."""
    return [lexicon().concepts[index] for index in lexicon().find(word_key(word))]


@pytest.mark.parametrize(
    "word", ["präsident", "presidente", "президент", "大統領", "总统", "الرييس"]
)
def test_words_of_many_languages_are_one_concept(word: str) -> None:
    assert "presid" in named(word)


@pytest.mark.parametrize("name", ["москва", "东京", "東京"])
def test_names_that_do_not_sound_alike_are_listed(name: str) -> None:
    assert named(name) in (["Moscow"], ["Tokyo"])


def test_months_have_numbers() -> None:
    months = lexicon().months
    assert {months[month_key(word)] for word in ("april", "avril", "dubna", "квітня")} == {4}


def test_a_word_that_is_not_listed_has_no_concept() -> None:
    assert named("xqzzyv") == []
    assert lexicon().of_english("xqzzyv") is None
    assert lexicon().of_english("presidents") == lexicon().find(word_key("präsident"))[0]


def test_first_letters_are_keys_of_longer_words_alone() -> None:
    assert prefix_key("войны") is None
    assert prefix_key("правительства") == prefix_key("правительством")


@given(
    st.dictionaries(
        st.integers(0, 2**32 - 1),
        st.lists(
            st.sampled_from(["hous", "London", "tree", "wat"]), min_size=1, max_size=2, unique=True
        ),
        max_size=20,
    ),
    st.dictionaries(st.integers(0, 2**32 - 1), st.integers(1, 12), max_size=5),
)
def test_a_file_is_read_as_it_was_packed(
    rows: dict[int, list[str]], months: dict[int, int]
) -> None:
    order = ["London", "hous", "tree", "wat"]
    read = read_lexicon(pack_lexicon(rows, months, order))
    assert {key: [order[i] for i in read.find(key)] for key in rows} == rows
    assert (list(read.concepts), dict(read.months)) == (order, months)
    assert np.all(np.diff(read.keys.astype(np.int64)) > 0)


def test_what_is_no_lexicon_is_an_error() -> None:
    with pytest.raises(ValueError, match="not a lexicon"):
        read_lexicon(b"something else")


def test_too_many_concepts_are_an_error() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        pack_lexicon({}, {}, [str(number) for number in range(70_000)])
