import pytest

from service.read.page.keyword_lists import (
    TECHNICAL,
    Mentioned,
    is_from_headline,
    is_of_everything,
    is_of_site,
    is_subject,
    part_list,
)
from service.read.page.paragraph import normalise_words


@pytest.mark.parametrize(
    ("printed", "parted"),
    [
        ("a storm,  roofs , ,", ["a storm", "roofs"]),
        ("“storm”; 'roofs'", ["storm", "roofs"]),
        ("国際,速報、中東", ["国際", "速報", "中東"]),
        ("Politik, Wirtschaft, und Kultur", ["Politik, Wirtschaft, und Kultur"]),
        ("U.S.", ["U.S."]),
        ("", []),
    ],
)
def test_lists_are_parted(printed: str, parted: list[str]) -> None:
    assert part_list(printed) == parted


@pytest.mark.parametrize("text", ["Wirtschaft", "US & Canada", "中東", "G7", "Premier League"])
def test_subjects(text: str) -> None:
    assert is_subject(text, normalise_words(text))


@pytest.mark.parametrize("text", ["a", "page_type", "/article", "sections/sverige", "без рубрики"])
def test_no_subjects(text: str) -> None:
    assert not is_subject(text, normalise_words(text))


def test_words_for_everything() -> None:
    assert is_of_everything("nachrichten")
    assert is_of_everything("world news today")
    assert not is_of_everything("world news")


def test_lists_of_a_site() -> None:
    mentioned = Mentioned("Sturm in Nordhafen", "Die Dächer wurden abgedeckt.")
    towns = ["Nordhafen", "Altstadt", "Mittelau", "Neuenburg", "Seehausen"]
    assert is_of_site(towns, mentioned)
    assert not is_of_site(towns[:4], mentioned)
    assert not is_of_site(["Dach", "Sturm", "Nordhafen", "Wetter", "Schaden"], mentioned)


def test_words_are_mentioned_with_other_endings_and_without_spaces() -> None:
    mentioned = Mentioned("", "Роман о северных городах. イスラエルの首相")
    assert mentioned.has("северный")
    assert mentioned.has("イスラエル情勢")
    assert not mentioned.has("экономика")


def test_a_headline_cut_into_words() -> None:
    assert is_from_headline(["storm", "takes", "roofs", "coast"], "Storm takes roofs on the coast")
    assert not is_from_headline(["storm", "roofs"], "Storm takes roofs on the coast")


@pytest.mark.parametrize("piece", ["a ", "a: ", "/", "&a", "a-", ". "])
def test_the_pattern_of_marks_takes_linear_time(piece: str) -> None:
    TECHNICAL.search("b" + piece * 10_000)
