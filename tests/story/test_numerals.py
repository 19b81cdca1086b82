"""Numbers as printed to one spelling."""

import pytest

from service.story.numerals import fold_number, spelled_out


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("7", "7"),
        ("1,540", "1540"),
        ("1.540", "1540"),
        ("1 540", "1540"),
        ("2,140,000", "2140000"),
        ("3.5", "3.5"),
        ("3,5", "3.5"),
        ("1,54", "1.54"),
        ("2026", "2026"),
    ],
)
def test_groups_are_joined_and_decimals_have_a_point(printed: str, folded: str) -> None:
    assert fold_number(printed) == folded


@pytest.mark.parametrize(
    ("word", "language", "digits"),
    [
        ("nine", "en", "9"),
        ("neun", "de", "9"),
        ("neuf", "fr-CA", "9"),
        ("nueve", "es", "9"),
        ("девять", "ru", "9"),
        ("nine", "de", None),
        ("one", "en", None),
        ("village", "en", None),
    ],
)
def test_small_numbers_may_be_words(word: str, language: str, digits: str | None) -> None:
    assert spelled_out(word, language) == digits
