import pytest

from service.read.page.element_roles import (
    AUTHOR_LINK,
    BYLINE,
    FURNITURE,
    HIDDEN,
    LINES_KEPT,
    LONGEST,
    OWN_LINE,
    SOURCE,
    UNSPOKEN,
    is_furniture_name,
    signals_of,
    split_names,
)


def test_names_are_judged_one_by_one() -> None:
    assert split_names("wide  related-stories\n") == ["wide", "related-stories"]
    assert is_furniture_name("related-stories")
    assert not is_furniture_name("story-body")


@pytest.mark.parametrize(
    "name",
    ["sidebar", "c-sidebar", "page_footer", "articleNavBar", "block__teaser--wide", "-menu", "NAV"],
)
def test_a_word_of_furniture_may_stand_anywhere_in_a_name(name: str) -> None:
    assert is_furniture_name(name)


@pytest.mark.parametrize("name", ["navy", "unfooter", "sidebars", "", "-", "menus-x"])
def test_a_part_of_a_word_is_no_word(name: str) -> None:
    assert not is_furniture_name(name)


@pytest.mark.parametrize("name", ["article__body-text-image", "video-story", "with-toc"])
def test_names_of_what_an_article_holds_do_not_mark_its_pieces(name: str) -> None:
    assert not is_furniture_name(name)


def test_what_is_too_long_for_a_name_is_none() -> None:
    assert split_names(f"{'x' * (LONGEST + 1)} caption") == ["caption"]


@pytest.mark.parametrize(
    ("attributes", "signals"),
    [
        ({}, 0),
        ({"title": "sidebar", "data-x": "author"}, 0),
        ({"class": "wide related-stories"}, FURNITURE),
        ({"id": "sidebar"}, FURNITURE),
        ({"role": "navigation"}, FURNITURE),
        ({"role": "article"}, 0),
        ({"class": "c-byline", "id": "comments"}, BYLINE | FURNITURE),
        ({"class": "article-source"}, SOURCE),
        ({"itemprop": "author"}, BYLINE),
        ({"rel": "author sidebar"}, BYLINE),
        ({"data-testid": "sidebar"}, 0),
        ({"href": "https://a.example/Author/ada-quist"}, AUTHOR_LINK),
        ({"href": "/authors/"}, 0),
        ({"href": "/x/journalisten/ada-quist?y"}, AUTHOR_LINK),
        ({"hidden": ""}, HIDDEN),
        ({"aria-hidden": "true"}, UNSPOKEN),
        ({"aria-hidden": "false"}, 0),
        ({"style": "color: red; Display : none"}, HIDDEN),
        ({"style": "display: block"}, OWN_LINE),
        ({"style": "text-decoration: line-through"}, HIDDEN),
        ({"style": "white-space: pre-wrap"}, LINES_KEPT),
        ({"style": "color: red"}, 0),
        ({"class": "kommentare"}, FURNITURE),
        ({"class": "commentaires-liste"}, FURNITURE),
        ({"class": "noticias-relacionadas"}, FURNITURE),
        ({"id": "lees-ook"}, FURNITURE),
        ({"class": "kommentar"}, 0),
    ],
)
def test_signals_are_read_from_attributes(attributes: dict[str, str], signals: int) -> None:
    assert signals_of(attributes.items()) == signals


def test_what_is_too_long_for_a_name_tells_nothing() -> None:
    assert signals_of([("class", "sidebar-" + "x" * LONGEST)]) == 0
    assert signals_of([("class", "x" * (LONGEST + 1) + " sidebar")]) == FURNITURE
