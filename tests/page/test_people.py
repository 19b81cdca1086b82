import json

import pytest

from service.page.people import name_people
from tests.page.pages import news_page, read


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
