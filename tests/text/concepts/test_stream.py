"""Text to concepts: ids that translations share."""

import pytest

from service.text.concepts.lexicon import lexicon
from service.text.concepts.stream import (
    MAX_IDS,
    NAME,
    NUMBER,
    WORD,
    Concepts,
    concepts,
    concepts_of,
)
from service.text.packed import MAX_TOKENS
from service.text.tokens import words_by_sentence

ENGLISH = "On 14 April, President Tobias Renfield closed 312 schools in Moscow, Kalogeros said."
TRANSLATIONS = {
    "de": "Am 14. April schloss Präsident Tobias Renfield 312 Schulen in Moskau, so Kalogeros.",
    "es": "El 14 de abril, el presidente Tobias Renfield cerró 312 escuelas en Moscú: Kalogeros.",
    "fr": "Le 14 avril, le président Tobias Renfield a fermé 312 écoles à Moscou, dit Kalogeros.",
    "ru": "14 апреля президент Тобиас Ренфилд закрыл 312 школ в Москве, сообщил Калогерос.",
    "ja": "カロゲロスによると、レンフィールド大統領は4月14日、モスクワの学校312校を閉鎖した。",
    "zh": "卡洛格罗斯说，4月14日，总统关闭了莫斯科的312所学校。",
}


def of_kind(text: Concepts, kind: int) -> set[int]:
    return {own for own in text.ids.tolist() if own >> 24 == kind}


@pytest.mark.parametrize("language", sorted(TRANSLATIONS))
def test_a_translation_shares_numbers_and_words(language: str) -> None:
    one, other = concepts(ENGLISH, "en"), concepts(TRANSLATIONS[language], language)
    assert of_kind(one, NUMBER) == of_kind(other, NUMBER)
    shared = of_kind(one, WORD) & of_kind(other, WORD)
    assert lexicon().numbers["moscow"] in shared
    assert len(shared) >= 2


@pytest.mark.parametrize("language", sorted(TRANSLATIONS))
def test_a_translation_shares_names(language: str) -> None:
    one, other = concepts(ENGLISH, "en"), concepts(TRANSLATIONS[language], language)
    assert of_kind(one, NAME) & of_kind(other, NAME)


def test_may_is_a_month_only_with_a_capital() -> None:
    assert not of_kind(concepts("They may march.", "en"), NUMBER)
    assert of_kind(concepts("They came in May.", "en"), NUMBER)


def test_the_stream_has_places_and_sentences_in_order() -> None:
    text = concepts("The president met Kalogeros. Schools in Moscow close.", "en")
    assert (text.tokens[1:] >= text.tokens[:-1]).all()
    assert (text.sentences[1:] >= text.sentences[:-1]).all()
    assert set(text.sentences.tolist()) == {0, 1}
    assert text.words == 8
    assert (text.weights > 0).all()


def test_words_that_every_text_has_are_left_out() -> None:
    assert len(concepts("It was the one that he had and she had not.", "en")) <= 1


@pytest.mark.parametrize("language", ["en", "ja", "zh", "ar", "th", "und", "xx"])
def test_an_empty_text_has_none(language: str) -> None:
    text = concepts("", language)
    assert (len(text), text.words) == (0, 0)


def test_a_long_text_is_cut() -> None:
    assert len(concepts("Moscow schools close. " * 2000, "en")) == MAX_IDS


def test_the_same_text_gives_the_same_ids() -> None:
    one, other = concepts(ENGLISH, "en"), concepts(ENGLISH.replace("'", "’"), "en-GB")
    assert one.ids.tolist() == other.ids.tolist()


def test_a_foreign_name_in_chinese_is_one_token() -> None:
    """For a signature it is cut, as text that no list has."""
    alone = [concepts(name, "zh") for name in ("特朗普", "泽连斯基")]
    assert [each.words for each in alone] == [1, 1]
    among_words = concepts("特朗普星期二会见了泽连斯基，并且说学校关闭。", "zh")
    names = [own for own in among_words.ids.tolist() if own >> 24 == NAME]
    assert names == [own for each in alone for own in each.ids.tolist()]


def test_the_parts_of_a_japanese_name_are_names() -> None:
    both = concepts("トビアス・レンフィールド", "ja")
    alone = concepts("トビアス", "ja"), concepts("レンフィールド", "ja")
    assert both.words == 2
    assert both.ids.tolist() == [own for each in alone for own in each.ids.tolist()]


@pytest.mark.parametrize("language", sorted({"en", *TRANSLATIONS}))
def test_words_found_for_a_signature_give_the_same_ids(language: str) -> None:
    text = {"en": ENGLISH, **TRANSLATIONS}[language] * 30
    words = list(words_by_sentence(text, language, MAX_TOKENS))
    one, other = concepts_of(words, language), concepts(text, language)
    for name in ("ids", "weights", "tokens", "sentences"):
        assert getattr(one, name).tolist() == getattr(other, name).tolist(), name
    assert one.words == other.words


@pytest.mark.parametrize("text", ["・", "。・。", "終わり。・・", "・ー・"])
def test_a_sentence_of_marks_between_names_alone_has_no_concepts(text: str) -> None:
    found = concepts(text, "ja")
    assert found.words == concepts(text.replace("・", ""), "ja").words
