"""Numbers and names of sentences that the version before did not have."""

import pytest

from service.fold.assign.new_words import new_words
from service.text.packed import ID_BITS, MAX_TOKENS
from service.text.tokens import tokenize


def ids(text: str, language: str = "en") -> frozenset[int]:
    tokens = tokenize(text, language, MAX_TOKENS)
    return frozenset((tokens.ids & ID_BITS).tolist())


BEFORE = "Ferries left Port Soledad after 12 days, said Ann Example on Tuesday."


def test_known_numbers_and_names_are_left_out() -> None:
    words = new_words(["After 12 days Ann Example left Port Soledad."], "en", ids(BEFORE))
    assert (words.numbers, words.names) == ((), ())


def test_new_ones_are_given_as_printed_and_once() -> None:
    said = (
        "Some 3,000 people met Maria Lopez of Vinland; Maria Lopez counted 3000 and twenty ships."
    )
    words = new_words([said], "en", ids(BEFORE))
    assert words.numbers == ("3,000", "3000", "twenty")
    assert words.names == ("Maria Lopez", "Vinland")


def test_the_first_word_of_a_sentence_is_no_name_by_its_capital() -> None:
    assert new_words(["Harbours froze. “Skippers wait,” he said."], "en", ids(BEFORE)).names == ()
    assert new_words(["Maria Lopez waits."], "en", ids(BEFORE)).names == ("Maria Lopez",)


def test_days_and_months_are_no_names() -> None:
    assert new_words(["They sailed on Friday in March."], "en", ids(BEFORE)).names == ()


def test_german_nouns_are_no_names() -> None:
    words = new_words(["Gestern fuhr die Fähre nach Klingenbüll."], "de", ids("Sie wartet.", "de"))
    assert words.names == ("Klingenbüll",)


@pytest.mark.parametrize(
    ("language", "sentence", "number"),
    [("zh", "渡轮载有350名乘客。", "350"), ("ru", "На борту было 350 человек.", "350")],
)
def test_numbers_are_found_in_other_scripts(language: str, sentence: str, number: str) -> None:
    assert new_words([sentence], language, frozenset()).numbers == (number,)


def test_nothing_comes_of_nothing() -> None:
    assert new_words([], "en", frozenset()).numbers == ()
    assert new_words(["* * *"], "und", frozenset()).names == ()
