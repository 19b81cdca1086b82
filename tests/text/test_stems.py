"""Stemming: all forms of a word have one stem."""

import pytest

from service.text.rarity import zipf_table
from service.text.script import plain_script
from service.text.stems import stemmer, without_clitic


def stem(word: str, language: str) -> str:
    found = stemmer(language)
    assert found is not None
    plain = plain_script(word, language).casefold()
    return without_clitic(found(plain), language, zipf_table(language))


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("ru", "рудник рудника рудников руднику"),
        ("ru", "Лопатухин Лопатухина Лопатухиным"),
        ("ru", "Белозёров Белозеров Белозёрова"),
        ("ar", "مدرسة المدرسة والمدرسة بالمدرسة"),
        ("ar", "لندن ولندن بلندن"),
        ("ar", "قال وقال"),
        ("ar", "الفلسطيني فلسطينية الفلسطينيين"),
    ],
)
def test_forms_have_one_stem(language: str, forms: str) -> None:
    assert len({stem(form, language) for form in forms.split()}) == 1


@pytest.mark.parametrize(("one", "other"), [("وزير", "زير"), ("بغداد", "غداد")])
def test_a_first_letter_of_the_word_is_not_removed(one: str, other: str) -> None:
    assert stem(one, "ar") != stem(other, "ar")


def test_english_is_not_stemmed() -> None:
    assert stemmer("en") is None
