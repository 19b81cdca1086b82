"""The characters of each token of a text."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.fold.explain.printed import locate_tokens
from service.text.packed import MAX_TOKENS
from service.text.tokens import Tokens, tokenize
from tests.fold.articles import text_of
from tests.fold.explain.texts import SCRIPTS


def ids_of(text: str, language: str) -> list[int]:
    found: list[int] = tokenize(text, language, MAX_TOKENS).ids.tolist()
    return found


NUMBERS = [
    ("en", "Two hundred and six of 3.5 million stayed, 12 per cent, or twenty-six in 1 000."),
    ("de", "Rund 1,5 Millionen Menschen, zwölf Prozent, zahlten zweihundertsechs Euro."),
    ("fr", "Quatre-vingt-dix des 2 500 visiteurs, soit 3,6 pour cent, l'ont vu."),
]


@pytest.mark.parametrize(("language", "text"), [*SCRIPTS.items(), *NUMBERS])
def test_each_token_is_shown_by_the_characters_it_was_made_of(language: str, text: str) -> None:
    printed = locate_tokens(text, language)
    assert printed.ids == ids_of(text, language) != []
    for place, token in enumerate(printed.ids):
        assert ids_of(printed.word(place), language) == [token]


@pytest.mark.parametrize("story", ["ferry-ap", "furnace", "obit"])
def test_each_token_of_an_article_is_among_its_characters(story: str) -> None:
    printed = locate_tokens(text_of(story), "en")
    starts = [start for start, _ in printed.spans]
    assert starts == sorted(starts)
    for place, token in enumerate(printed.ids):
        assert token in ids_of(printed.word(place), "en")


@given(st.text(alphabet="aB é1,.'’-“” \n北京大。مق", max_size=60), st.sampled_from(sorted(SCRIPTS)))
def test_tokens_of_any_text_have_spans_inside_it(text: str, language: str) -> None:
    printed = locate_tokens(text, language)
    assert len(printed.spans) == len(printed.ids) == len(printed.sentence_of)
    assert all(0 <= start <= end <= len(text) for start, end in printed.spans)
    assert len(printed.sentences) == len(set(printed.sentence_of))


@pytest.mark.parametrize("language", SCRIPTS)
def test_sentences_cover_the_whole_text(language: str) -> None:
    text = SCRIPTS[language]
    printed = locate_tokens(text, language)
    assert "".join(text[start:end] for start, end in printed.sentences) == text


def test_a_sentence_begins_with_its_opening_quote() -> None:
    text = SCRIPTS["zh"]
    second = locate_tokens(text, "zh").sentences[1]
    assert text[slice(*second)].startswith("“这是好消息”")


def test_text_that_is_not_compared_is_not_shown() -> None:
    text = "One more short line stands here. " * (MAX_TOKENS // 6 + 100)
    printed = locate_tokens(text, "en")
    assert len(printed.ids) == MAX_TOKENS
    assert printed.sentences[-1][1] < len(text)


def test_a_token_that_depends_on_its_context_has_the_span_that_was_skipped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def cut(text: str, language: str, limit: int) -> Tokens:
        """A tokenizer that knows one word only among others."""
        found = tokenize(text, language, limit)
        ids = found.ids.copy()
        if len(ids) > 8:
            ids[3] += 1
        return replace(found, ids=ids)

    monkeypatch.setattr("service.fold.explain.printed.tokenize", cut)
    printed = locate_tokens("The ferry Amber Wind ran aground off Harbor City on Tuesday.", "en")
    words = " ".join(printed.word(place) for place in range(len(printed.ids)))
    assert words == "The ferry Amber Wind ran aground off Harbor City on Tuesday"
