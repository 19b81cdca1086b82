"""Normalising the spelling of words."""

import pytest

from service.text.spelling import normalise_spelling, without_elision


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("erdoğan", "erdogan", "en"),
        ("yıldız", "yildiz", "en"),
        ("łódź", "lodz", "en"),
        ("kjærsgård", "kjaersgard", "en"),
        ("müller", "mueller", "de"),
        ("goethe", "göthe", "de"),
        ("zelensky", "zelenskyy", "en"),
        ("zelenskij", "zelenskiy", "it"),
        ("kiew", "kyjiw", "de"),
        ("odessa", "odesa", "fr"),
        ("београд", "beograd", "sr"),
        ("зелёный", "зеленый", "ru"),
    ],
)
def test_spellings_of_one_name_are_one(one: str, other: str, language: str) -> None:
    assert normalise_spelling(one, language) == normalise_spelling(other, language)


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [("sky", "ski", "en"), ("moscow", "kyiv", "en"), ("neue", "nue", "de"), ("мир", "mir", "ru")],
)
def test_other_words_stay_other_words(one: str, other: str, language: str) -> None:
    assert normalise_spelling(one, language) != normalise_spelling(other, language)


@pytest.mark.parametrize(
    ("printed", "language", "word"),
    [
        ("l'île", "fr", "île"),
        ("Qu’il", "fr", "il"),
        ("d'Elazığ", "fr", "Elazığ"),
        ("aujourd'hui", "fr", "aujourd'hui"),
        ("nell'incendio", "it", "incendio"),
        ("l'hospital", "ca", "hospital"),
        ("O'Brien", "en", "O'Brien"),
        ("l'", "fr", "l'"),
    ],
)
def test_elided_words_are_removed(printed: str, language: str, word: str) -> None:
    assert without_elision(printed, language) == word
