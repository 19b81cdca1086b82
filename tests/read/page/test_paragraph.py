from hypothesis import given
from hypothesis import strategies as st

from service.read.page.paragraph import (
    count_words,
    has_more_words,
    normalise_words,
    normalises_to,
    squeeze,
)

TEXTS = st.text(alphabet="ab ,.'ßİΣ\u0345東京の\u00ad\u200b\n", max_size=80)


def test_white_space_is_made_one_space_and_invisible_marks_are_dropped() -> None:
    assert squeeze(" a\u00a0b\n\t c ") == "a b c"
    assert squeeze("\ufeffs\u00adé\u200b c\u2060\u200e\u200f") == "sé c"


@given(text=TEXTS, most=st.integers(-1, 6))
def test_the_beginning_tells_what_all_of_a_text_would(text: str, most: int) -> None:
    assert has_more_words(text, most) == (count_words(text) > most)
    assert has_more_words(text * 20, most) == (count_words(text * 20) > most)


@given(text=TEXTS, other=TEXTS)
def test_a_text_normalises_to_what_its_words_make(text: str, other: str) -> None:
    assert normalises_to(text, normalise_words(text))
    assert normalises_to(text, normalise_words(other)) == (
        normalise_words(text) == normalise_words(other)
    )
