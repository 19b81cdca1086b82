"""Names and nouns, where both are capitalised."""

import pytest

from service.story.capitals import is_name
from service.story.rarity import zipf_table


def name(word: str, language: str) -> bool:
    return is_name(word, word.casefold(), language, zipf_table(language))


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


def test_a_word_without_end_is_no_name() -> None:
    assert not name("Ab" * 5000, "de")
