"""The characters of each concept."""

import pytest

from service.link.explain.located import locate_concepts
from service.text.concepts.stream import NAME, NUMBER, concepts
from tests.link.explain.texts import MIXED, ferry


@pytest.mark.parametrize("language", MIXED)
def test_all_concepts_are_those_that_link_compares(language: str) -> None:
    text = MIXED[language]
    located = locate_concepts(text, language)
    made = concepts(text, language)
    assert len(located.printed.ids) == made.words  # the tokens that their numbers count
    found = {(token, id) for token, ids in enumerate(located.of_token) for id in ids}
    assert found == set(zip(made.tokens.tolist(), made.ids.tolist(), strict=True))


@pytest.mark.parametrize(
    ("language", "kind", "words"),
    [
        ("de", NUMBER, ["Zwölf", "1,5 Millionen"]),
        ("es", NUMBER, ["Doce", "2 500"]),
        ("ja", NUMBER, ["14", "214", "12"]),
        ("zh", NAME, ["卡洛耶罗斯"]),
        ("ar", NUMBER, ["٢١٤"]),
        ("ru", NAME, ["Калогерос"]),
    ],
)
def test_a_concept_is_shown_as_it_is_printed(language: str, kind: int, words: list[str]) -> None:
    located = locate_concepts(MIXED[language], language)
    found = [located.word(id) for id in located.first if id >> 24 == kind]
    assert [word for word in found if word in words] == words


def test_sentences_cover_the_whole_text() -> None:
    text = ferry("ja")
    printed = locate_concepts(text, "ja").printed
    assert "".join(text[start:end] for start, end in printed.sentences) == text
