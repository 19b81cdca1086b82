"""Numbers written as one word."""

import pytest

from service.text.numbers.spelled import spelled_to_digits


@pytest.mark.parametrize(
    ("language", "word", "value"),
    [
        ("de", "einundzwanzig", 21),
        ("de", "hunderteins", 101),
        ("de", "neunhundertneunundneunzig", 999),
        ("de", "eintausendzweihundert", 1200),
        ("it", "ventuno", 21),
        ("it", "trentotto", 38),
        ("it", "centootto", 108),
        ("it", "centotto", 108),
        ("it", "duemilatrecentoquaranta", 2340),
        ("nl", "driehonderdvijfenveertig", 345),
        ("nl", "tweeduizendtien", 2010),
    ],
)
def test_a_compound_has_its_value(language: str, word: str, value: int) -> None:
    assert spelled_to_digits([word], language) == [str(value)]


@pytest.mark.parametrize(
    ("language", "word"),
    [("de", "Tausendsassa"), ("de", "Jahrhundert"), ("it", "camillamila"), ("nl", "duizendpoot")],
)
def test_a_word_that_contains_a_number_is_not_one(language: str, word: str) -> None:
    assert spelled_to_digits([word], language) == [word]
