"""Rarity: from a list, from the length of a word, by hash."""

import pytest

from service.text.rarity import (
    UNKNOWN_ZIPF,
    listed_share,
    word_list,
    zipf_by_hash,
    zipf_by_length,
    zipf_table,
)
from service.text.script import plain_script


@pytest.mark.parametrize(("language", "word"), [("ur", "کے"), ("fa", "یک"), ("fa", "که")])
def test_lists_are_normalised_as_texts_are(language: str, word: str) -> None:
    assert zipf_table(language)[plain_script(word, language)] > 6


def test_a_group_has_the_words_of_all_its_lists() -> None:
    table = zipf_table("nb")
    assert min(table["ikk"], table["af"]) > UNKNOWN_ZIPF  # the second is Danish


def test_a_language_without_a_list_has_an_empty_table() -> None:
    assert zipf_table("sw") == word_list("sw") == {}


def test_longer_words_are_rarer_where_there_is_no_list() -> None:
    estimates = [zipf_by_length("a" * letters) for letters in range(1, 14)]
    assert estimates == sorted(estimates, reverse=True)


def test_other_scripts_are_as_long_as_in_latin_letters() -> None:
    assert zipf_by_length("ኢትዮጵያ") < zipf_by_length("ነው")


def test_one_token_in_six_is_rare_by_its_hash() -> None:
    rare = sum(zipf_by_hash(token) < 4 for token in range(6000))
    assert rare == 1000


def test_most_words_of_a_text_are_in_the_list_of_its_language_only() -> None:
    somali = "Madaxweynaha dalka ayaa sheegay in dowladda cusub ay shaqo bilaabayso toddobaadka"
    swedish = "Regeringen sade att den nya lagen ska antas av riksdagen under nästa vecka"
    assert (listed_share(swedish, "sv") or 0) > 0.9
    assert (listed_share(somali, "fil") or 0) < 0.6


@pytest.mark.parametrize(("text", "language"), [("東京で地震", "ja"), ("habari", "sw"), ("", "en")])
def test_the_share_is_unknown_without_a_list_spaces_or_words(text: str, language: str) -> None:
    assert listed_share(text, language) is None
