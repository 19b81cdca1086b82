"""Words as they are compared: what syndication and translation change is folded away."""

import pytest

from service.story.tokens import NAME, NUMBER, PLAIN, tokenize


def ids(text: str, language: str = "en") -> list[int]:
    return tokenize(text, language, 1000).ids.tolist()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The village voted", "THE VILLAGE VOTED"),
        ("the café’s owner", "the cafe's owner"),
        ("the mayor's plan", "the mayor plan"),
        ("the U.S. said", "the US said"),
        ("nine men", "9 men"),
        ("1,540 jobs", "1540 jobs"),
        ("“Quoted” — with dashes", '"Quoted" - with dashes'),
        ("one  line\tor two", "one line or two"),
        ("ﬁve of them", "five of them"),
    ],
)
def test_spellings_of_one_text_are_one(one: str, other: str) -> None:
    assert ids(one) == ids(other)


@pytest.mark.parametrize(
    ("one", "other"), [("9 men", "8 men"), ("3.5 percent", "35 percent"), ("Oslo", "Bergen")]
)
def test_other_facts_are_other_words(one: str, other: str) -> None:
    assert ids(one) != ids(other)


def test_kinds_are_told_apart() -> None:
    tokens = tokenize("Yesterday the mayor of Bergen met 12 people", "en", 100)
    assert tokens.kinds.tolist() == [PLAIN] * 4 + [NAME] + [PLAIN] + [NUMBER] + [PLAIN]


def test_rare_words_are_rarer() -> None:
    tokens = tokenize("the archipelago", "en", 100)
    assert tokens.zipf[0] > 7 > 4 > tokens.zipf[1]


def test_sentences_are_counted_across_quotes_and_paragraphs() -> None:
    tokens = tokenize('He left. "Why?" Nobody knew\n\nIt rained', "en", 100)
    assert tokens.sentences.tolist() == [0, 0, 1, 2, 2, 3, 3]


def test_abbreviations_do_not_end_a_sentence() -> None:
    assert set(tokenize("the U.S. economy grew", "en", 100).sentences.tolist()) == {0}


def test_scripts_without_spaces_are_cut_into_pairs_of_characters() -> None:
    assert len(tokenize("東京で地震", "ja", 100)) == 4
    assert set(ids("東京で地震", "ja")) & set(ids("昨日東京で", "ja"))


def test_a_text_is_cut_at_the_limit() -> None:
    tokens = tokenize("word " * 50, "en", 7)
    assert [len(tokens.ids), len(tokens.kinds), len(tokens.zipf), len(tokens.sentences)] == [7] * 4


def test_nothing_is_nothing() -> None:
    assert len(tokenize(" \n", "en", 10)) == 0
