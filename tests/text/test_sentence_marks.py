"""Fingerprints of sentences: what is the same, what is not, and how many bytes they take."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.text.sentence_marks import (
    MOST_BYTES,
    distinct_marks,
    pack_marks,
    read_marks,
    sentence_marks,
)

marks = st.lists(st.integers(0, 2**64 - 1), unique=True, max_size=130)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“We sail”, she said.", '"We sail," she said!'),
        ("Port  Soledad\u00a0waits", "PORT SOLEDAD WAITS."),
        ("It cost 1,200 euros.", "It cost 1.200 euros"),
        ("ﬁve ferries", "five ferries"),
    ],
)
def test_form_makes_no_other_sentence(one: str, other: str) -> None:
    assert sentence_marks([one]) == sentence_marks([other])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It grew by 1.5 percent.", "It grew by 15 percent."),
        ("It was -5 degrees.", "It was 5 degrees."),
        ("It grew by 5%.", "It grew by 5."),
        ("It cost $5.", "It cost €5."),
        ("She did.", "She did not."),
        ("कि", "की"),
    ],
)
def test_facts_make_another_sentence(one: str, other: str) -> None:
    assert sentence_marks([one]) != sentence_marks([other])


def test_a_sentence_without_letters_and_digits_has_none() -> None:
    assert sentence_marks(["* * *", "a"])[0] is None
    assert sentence_marks([]) == []
    assert len(distinct_marks(["Yes.", "* *", "yes"])) == 1


@given(marks)
def test_every_sentence_is_found_again(given_marks: list[int]) -> None:
    packed = pack_marks(given_marks)
    assert packed is not None
    assert len(base64.b64decode(packed)) <= MOST_BYTES
    assert len(packed) <= 150
    known = read_marks(packed)
    assert all(mark in known for mark in given_marks)
    assert known.missing(given_marks) == 0
    assert known.count == len(given_marks)


def _spread(count: int, first: int = 0) -> list[int]:
    return distinct_marks(str(n) for n in range(first, first + count))


@pytest.mark.parametrize(("count", "wrong"), [(10, 0.001), (60, 0.001), (100, 0.01), (130, 0.04)])
def test_other_sentences_are_hardly_ever_found(count: int, wrong: float) -> None:
    known = read_marks(pack_marks(_spread(count)) or "")
    others = _spread(5000, 1000)
    assert sum(mark in known for mark in others) <= wrong * len(others)
    assert known.missing(_spread(count - 5)) >= 4


def test_what_does_not_fit_has_no_fingerprints() -> None:
    assert pack_marks(_spread(150)) is None
    assert pack_marks(_spread(300)) is None


@pytest.mark.parametrize("packed", ["", "AAAA", "DP8A", "no base64"])
def test_damaged_fingerprints_are_an_error(packed: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_marks(packed)
