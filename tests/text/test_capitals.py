"""Telling names from nouns in German, where both are capitalised."""

import pytest

from service.text.capitals import is_name


def name(word: str, language: str) -> bool:
    return is_name(word, word.casefold(), language)


@pytest.mark.parametrize("word", ["Kalogeros", "Öztürk", "Sivrice", "Brueggemann", "Chomutov"])
def test_names_are_names_in_german(word: str) -> None:
    assert name(word, "de")


@pytest.mark.parametrize(
    "word", ["Regierung", "Maschinenraum", "Rauchvergiftungen", "Fußball", "Verpackungsanlagen"]
)
def test_nouns_are_not(word: str) -> None:
    assert not name(word, "de")


def test_elsewhere_a_capital_is_enough() -> None:
    assert name("Government", "en")
    assert not name("government", "en")


def test_a_very_long_word_is_not_a_name() -> None:
    assert not name("Ab" * 5000, "de")
