import json

import pytest

from service.read.page.authors import name_people
from tests.read.page.pages import PARAGRAPHS, news_page, read


@pytest.mark.parametrize(
    ("names", "people"),
    [
        (["Ada Quist"], ("Ada Quist",)),
        (["By Ada Quist and Bo Lind"], ("Ada Quist", "Bo Lind")),
        (["Von Ada Quist und Bo Lind, dpa"], ("Ada Quist", "Bo Lind")),
        (["Par Ada Quist et Bo Lind"], ("Ada Quist", "Bo Lind")),
        (["Ada Quist; Bo Lind | Reuters"], ("Ada Quist", "Bo Lind")),
        (["Ada Quist", "ada quist"], ("Ada Quist",)),
        (["Ludwig van der Berg", "Dr. Max O'Neil"], ("Ludwig van der Berg", "Dr. Max O'Neil")),
        (["María José Ruiz-Pérez"], ("María José Ruiz-Pérez",)),
        (["山田太郎"], ("山田太郎",)),
        (["Autor: Ada Quist", "Auteur : Bo Lind"], ("Ada Quist", "Bo Lind")),
        (["ByAda Quist And Bo Lind For The Sunday Courier"], ("Ada Quist", "Bo Lind")),
        (["Ada Quist @adaquist", "Bo Lind (bo@lind.example)"], ("Ada Quist", "Bo Lind")),
        (["By ADA QUIST March 11, 2015 3:46 PM", "Bo Lind Fr, 18. Oktober"],
         ("ADA QUIST", "Bo Lind")),
        (["Ada Quist (avec Bo Lind et Eva Holm)"], ("Ada Quist", "Bo Lind", "Eva Holm")),
        (["Ada Quist/Bo Lind", "Eva Holm - Courier"], ("Ada Quist", "Bo Lind", "Eva Holm")),
        (["Ada Quist, Lille", "Bo Lind in Paris"], ("Ada Quist", "Bo Lind")),
        (["Quist", "Lind"], ("Quist", "Lind")),
        (["Courier.example, Northport, Norland"], ()),
        (["Ada QuistPublished Nov 8", "Zur Artikelübersicht", "Eva Holm sagt:", "No Author"], ()),
        (["Last Updated", "Read More", "Richard Read"], ("Richard Read",)),
        (["Verein der Freunde", "Institut für Wald"], ()),
        (["The Associated Press"], ()),
        (["AFP", "dpa", "Reuters Staff", "ANSA", "EFE", "Xinhua News Agency"], ()),
        (["Courier Redaktion", "News Desk", "Editorial Team", "admin", "Web Desk"], ()),
        (["https://courier.example/by/ada", "a@b.example", "12.05.2024", "", "-", "x" * 99], ()),
    ],
)  # fmt: skip
def test_only_people_are_authors(names: list[str], people: tuple[str, ...]) -> None:
    assert name_people(names, "Northern Courier", "courier.example") == people


def test_a_site_is_no_author() -> None:
    assert (
        name_people(
            ["Northern Courier", "courier", "Courier.example"],
            "Northern Courier",
            "courier.example",
        )
        == ()
    )


def ld(author: object) -> str:
    block = json.dumps({"@type": "NewsArticle", "author": author})
    return f'<script type="application/ld+json">{block}</script>'


def test_an_agency_goes_to_the_credits_instead() -> None:
    page = news_page(
        head=ld(
            [
                {"@type": "Person", "name": "Ada Quist"},
                {"@type": "Organization", "name": "Nordic Wire"},
            ]
        )
    )
    article = read(page)
    assert article.authors == ("Ada Quist",)
    assert ("jsonld.author", "Nordic Wire") in {(c.where, c.text) for c in article.credits}


def test_a_byline_names_the_author_where_metadata_names_only_the_house() -> None:
    page = news_page(
        head=ld({"@type": "Organization", "name": "Courier"}),
        before='<p class="byline">By Ada Quist and Bo Lind</p>',
    )
    assert read(page).authors == ("Ada Quist", "Bo Lind")


@pytest.mark.parametrize(
    ("head", "before", "authors"),
    [
        ('<meta name="twitter:label1" content="Written by">'
         '<meta name="twitter:data1" content="Ada Quist">', "", ("Ada Quist",)),
        ('<meta name="twitter:label1" content="Est. reading time">'
         '<meta name="twitter:data1" content="Two Minutes">', "", ()),
        ("", '<p class="byline">By Ada Quist, Northport</p>', ("Ada Quist",)),
        ("", '<p>von <a href="/autoren/name/ada-quist">Ada Quist</a></p>', ("Ada Quist",)),
        ("", '<p>on <a href="/people/ada-quist">Ada Quist</a></p>', ()),
        ("", "<div>(责编：牛镛、岳弘彬)</div>", ("牛镛", "岳弘彬")),
    ],
)  # fmt: skip
def test_authors_that_no_element_is_named_for(
    head: str, before: str, authors: tuple[str, ...]
) -> None:
    assert read(news_page(head=head, before=before)).authors == authors


@pytest.mark.parametrize(
    ("before", "authors"),
    [
        ('<p class="byline">By Ada Quist</p>', ("Ada Quist",)),
        ('<p class="byline">Read what we say by aquist</p>', ("aquist",)),
    ],
)
def test_a_byline_names_the_author_where_data_name_an_account(
    before: str, authors: tuple[str, ...]
) -> None:
    page = news_page(head=ld({"@type": "Person", "name": "aquist"}), before=before)
    assert read(page).authors == authors


@pytest.mark.parametrize(
    "before",
    [
        '<span class="author">Author:</span> <a href="/aq">Ada Quist</a>',
        "<b>Autor:</b> Ada Quist/nc<br>Northport",
    ],
)
def test_a_label_names_the_author_that_follows_it(before: str) -> None:
    assert read(news_page(before=f"<div>{before}</div>")).authors == ("Ada Quist",)


@pytest.mark.parametrize(
    ("last", "authors"),
    [
        ("Ada Quist", ("Ada Quist",)),
        ("(Ada M. Quist)", ("Ada M. Quist",)),
        ("Von Ada Quist", ("Ada Quist",)),
        ("MORE NEWS", ()),
        ("Storm leaves coast", ()),
    ],
)
def test_the_last_line_may_be_the_authors_signature(last: str, authors: tuple[str, ...]) -> None:
    article = read(news_page((*PARAGRAPHS, PARAGRAPHS[0], last)))
    assert article.authors == authors
