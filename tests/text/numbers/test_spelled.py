"""Numbers in words to digits, in each language of `spelled.toml`."""

import pytest

from service.text.numbers.spelled import spelled_to_digits


def folded(text: str, language: str) -> str:
    return " ".join(spelled_to_digits(text.split(), language))


@pytest.mark.parametrize(
    ("language", "words", "digits"),
    [
        ("en", "two hundred and fourteen men", "214 men"),
        ("en", "twenty three thousand five hundred", "23500"),
        ("en", "3.5 million", "3500000"),
        ("en", "2.125 billion", "2125000000"),
        ("en", "2.5 bn", "2500000000"),
        ("es", "treinta y siete tripulantes", "37 tripulantes"),
        ("es", "ciento ochenta mil pesos", "180000 pesos"),
        ("es", "veintitrés", "23"),
        ("es", "1.483 millones", "1483000000"),
        ("fr", "quatre vingt dix sept", "97"),
        ("fr", "soixante et onze", "71"),
        ("fr", "dix huit mille sept cents", "18700"),
        ("fr", "1,274 milliard", "1274000000"),
        ("de", "zweihundertvierzehn", "214"),
        ("de", "sechsundneunzigtausend", "96000"),
        ("de", "dreißig Züge", "30 Züge"),
        ("de", "viereinhalb", "4.5"),
        ("de", "3,5 Mio Euro", "3500000 Euro"),
        ("it", "ventotto e centottanta", "28 e 180"),
        ("it", "millenovecento", "1900"),
        ("it", "96 mila", "96000"),
        ("pt", "duzentos e catorze", "214"),
        ("pt", "vinte e um mil e trezentos", "21300"),
        ("nl", "tweeëntwintig", "22"),
    ],
)
def test_a_number_is_read_as_one(language: str, words: str, digits: str) -> None:
    assert folded(words, language) == digits


@pytest.mark.parametrize(
    ("language", "words", "digits"),
    [
        ("es", "seis y nueve", "6 y 9"),
        ("fr", "six et neuf", "6 et 9"),
        ("en", "five and six", "5 and 6"),
        ("pt", "duas ou três", "2 ou 3"),
        ("de", "zwei und drei", "2 und 3"),
    ],
)
def test_two_numbers_are_not_joined(language: str, words: str, digits: str) -> None:
    assert folded(words, language) == digits


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "one of them"),
        ("en", "millions of people"),
        ("es", "una mujer y un hombre"),
        ("de", "ein Mann"),
        ("de", "Tausende"),
        ("ja", "two"),
    ],
)
def test_articles_and_other_words_stay(language: str, text: str) -> None:
    assert folded(text, language) == text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "5 percent"),
        ("en", "5 per cent"),
        ("es", "5 por ciento"),
        ("fr", "5 pour cent"),
        ("de", "5 Prozent"),
        ("it", "5 per cento"),
        ("pt", "5 por cento"),
    ],
)
def test_percent_in_words_is_the_sign(language: str, text: str) -> None:
    assert folded(text, language) == "5 %"
