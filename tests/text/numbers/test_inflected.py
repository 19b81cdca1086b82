"""Inflected numbers in words, or in digits and words, to digits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.text.numbers.inflected import inflected_to_digits
from service.text.script import plain_script


def folded(text: str, language: str) -> str:
    return " ".join(inflected_to_digits(plain_script(text, language).split(), language))


@pytest.mark.parametrize(
    ("language", "printed", "digits"),
    [
        ("ru", "3,5 тыс человек", "3500 человек"),
        ("ru", "три с половиной тысячи", "3500"),
        ("ru", "Тысяча двести работников", "1200 работников"),
        ("ru", "миллион четыреста тысяч тонн", "1400000 тонн"),
        ("ru", "7,4 миллиарда", "7400000000"),
        ("ru", "тридцать восемь торгов", "38 торгов"),
        ("ru", "двумя катерами", "2 катерами"),
        ("ru", "четырёх и четырех", "4 и 4"),
        ("ru", "на шестьдесят третьем ходу", "на 63 ходу"),
        ("ru", "на двенадцатой минуте", "на 12 минуте"),
        ("ru", "восемь с половиной очков", "8.5 очков"),
        ("ar", "ثلاثة آلاف وخمسمئة خيمة", "3500 خيمه"),
        ("ar", "٨٥ ألف مسافر", "85000 مسافر"),
        ("ar", "مئة وثماني عشرة رحلة", "118 رحله"),
        ("ar", "مليونان ومئتا ألف دينار", "2200000 دينار"),
        ("ar", "باثني عشر ألف يورو", "12000 يورو"),
        ("ar", "السبعة والثلاثين", "37"),
        ("ar", "الحادية والسبعين", "71"),
        ("ar", "السابعة وخمس وعشرين دقيقة", "7 25 دقيقه"),
    ],
)
def test_numbers_become_digits(language: str, printed: str, digits: str) -> None:
    assert folded(printed, language) == digits


@pytest.mark.parametrize("text", ["одна из них", "тысячи людей", "вторая попытка", "первым"])
def test_characters_that_are_not_numbers_stay(text: str) -> None:
    assert folded(text, "ru") == text


def test_neighbouring_numbers_stay_apart() -> None:
    assert folded("пять шесть семь", "ru") == "5 6 7"


def test_other_languages_are_left_alone() -> None:
    assert inflected_to_digits(["три", "katzen"], "xx") == ["три", "katzen"]


@given(
    st.lists(
        st.sampled_from(["тысяча", "сто", "пять", "полтора", "с", "половиной", "3.5", "1.2.3", "7"])
    )
)
def test_any_words_are_read(words: list[str]) -> None:
    assert len(inflected_to_digits(words, "ru")) <= len(words)
