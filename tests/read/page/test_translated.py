"""Pages that say of themselves that they are translations, and pages that do not."""

import pytest

from service.contract.article import Credit
from service.contract.declared import Person
from service.read.page.paragraph import Paragraph
from service.read.page.structured_data import Facts
from service.read.page.translated import says_translated

CREDITS = (
    "Translated from the German by Mara Holt",
    "Von Ada Quist, Übersetzung: Mara Holt",
    "Ada Quist (Übersetzung: Mara Holt)",
    "Aus dem Englischen von Mara Holt",
    "Traduit par Mara Holt",
    "Traducido por Mara Holt",
    "Ada Quist | Traducción: Mara Holt",
    "Tradução: Mara Holt",
    "Traduzione di Mara Holt",
    "Vertaling: Mara Holt",
    "Перевод: Мара Холт",
    "Перевод с английского Мары Холт",
    "Переклад: Мара Голт",
    "Překlad: Mara Holtová",
    "Tłum. / Mara Holt",
    "翻訳：山田",
    "译者 王明",
)
OTHERS = (
    "By Ada Quist",
    "Ada Quist, translator and essayist, is our correspondent",
    "Ihre Übersetzung des Romans erscheint im Herbst.",
    "Der Film wurde aus dem Englischen synchronisiert.",
    "Переводы денег за границу: новые правила",
    "La traducción simultánea falló dos veces.",
    "He said the letter was translated by his aunt.",
    "Transaction: 40 million",
    "This article was originally published in The Gazette.",
)
TEXT = [Paragraph(f"The town of Brackwater voted on the dam for the {n}th time.") for n in range(9)]


def of(
    *credits: str, first: str = "", last: str = "", role: str | None = None, **node: object
) -> bool | None:
    paragraphs = [
        *([Paragraph(first)] if first else []),
        *TEXT,
        *([Paragraph(last)] if last else []),
    ]
    people = [Person(name="Mara Holt", role=role, source="byline")]
    facts = Facts([{"@type": "NewsArticle", "headline": "The dam", **node}])
    return says_translated(
        facts, [Credit(where="byline", text=each) for each in credits], people, paragraphs
    )


@pytest.mark.parametrize("line", CREDITS)
def test_a_translators_credit_says_so_as_a_byline_and_around_the_text(line: str) -> None:
    assert of(line) is True
    if "|" not in line and not line.startswith(("Von ", "Ada ")):
        assert of(last=line) is True
        assert of(first=f"— {line}") is True


@pytest.mark.parametrize("line", OTHERS)
def test_other_words_about_translations_say_nothing(line: str) -> None:
    assert of(line) is None
    assert of(first=line, last=line) is None


def test_structured_data_and_roles_say_so() -> None:
    assert of(translator={"name": "Mara Holt"}) is True
    assert of(translationOfWork="https://gazette.example/damm") is True
    assert of(translator=None) is None
    assert of(role="Übersetzerin") is True
    assert of(role="Translator and editor") is None


def test_sentences_about_this_article_say_so() -> None:
    assert of(last="This article was translated with the help of software and checked.") is True
    assert of(first="Dieser Beitrag wurde maschinell übersetzt.") is True
    assert of(last="This article was translated. " + "More about us. " * 20) is None
    assert of() is None
