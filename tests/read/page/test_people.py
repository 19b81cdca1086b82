import json

import pytest

from service.contract.declared import Person
from service.contract.page import GivenArticle
from service.read.page.people import author_address, is_publishers
from tests.read.page.pages import PARAGRAPHS, news_page, read

ADA = {"@type": "Person", "name": "Ada Quist"}
PAGE = "https://courier.example/people/ada-quist"


def people_of(page: str) -> tuple[Person, ...]:
    return read(page).people


def ld(*authors: object, **properties: object) -> str:
    node = {"@type": "NewsArticle", "headline": "H", "author": list(authors), **properties}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def test_structured_data_says_role_and_address() -> None:
    head = ld({**ADA, "jobTitle": "Harbour correspondent", "url": "/people/ada-quist"})
    assert people_of(news_page(head=head)) == (
        Person(name="Ada Quist", role="Harbour correspondent", url=PAGE, source="jsonld.author"),
    )


def test_an_author_described_elsewhere_under_its_id() -> None:
    graph = {
        "@graph": [
            {
                "@type": "NewsArticle",
                "headline": "H",
                "author": {"name": "Ada Quist", "@id": "#/person/1"},
            },
            {**ADA, "@id": "#/person/1", "url": PAGE, "jobTitle": ["Reporter", "Editor"]},
        ]
    }
    head = f'<script type="application/ld+json">{json.dumps(graph)}</script>'
    (person,) = people_of(news_page(head=head))
    assert (person.url, person.role) == (PAGE, "Reporter, Editor")


def test_an_address_that_is_said_of_several_is_that_of_none() -> None:
    other = {"@type": "Person", "name": "John Moor", "url": PAGE}
    assert [
        person.url for person in people_of(news_page(head=ld({**ADA, "url": PAGE}, other)))
    ] == [
        None,
        None,
    ]


def test_a_visible_byline_says_address_and_role() -> None:
    byline = (
        '<div class="byline">By <a href="/author/ada-quist" rel="author">Ada Quist</a>'
        "<span>Harbour correspondent</span></div>"
    )
    (person,) = people_of(news_page(before=byline))
    assert person.name == "Ada Quist"
    assert person.url == "https://courier.example/author/ada-quist"
    assert person.role == "Harbour correspondent"
    assert person.source == "byline"


def test_a_role_after_a_comma() -> None:
    byline = '<p class="byline">By Ada Quist, Political Editor, Northport</p>'
    assert [person.role for person in people_of(news_page(before=byline))] == ["Political Editor"]


def test_nothing_said_is_nothing_sent() -> None:
    (person,) = people_of(news_page(head=ld(ADA)))
    assert (person.role, person.url) == (None, None)
    assert people_of(news_page()) == ()


@pytest.mark.parametrize(
    "address",
    [
        "https://twitter.com/adaquist",
        "https://www.linkedin.com/in/ada-quist",
        "https://courier.example/",
        "https://courier.example/autoren",
        "https://courier.example/storm",
        "ada-quist",
        "javascript:void(0)",
        "mailto:ada@courier.example",
        "http://[",
        "https://courier.example/people/" + "a" * 3_000,
    ],
)
def test_addresses_that_are_no_page_of_an_author(address: str) -> None:
    assert author_address(address, "https://courier.example/storm") is None


def test_a_publisher_is_no_person_but_may_have_a_persons_name() -> None:
    assert is_publishers("Courier", "courier")
    assert is_publishers("NRC Northport", "NRC")
    assert not is_publishers("Ada Quist", "Ada Quist")
    assert not is_publishers("Elle Moor", "ELLE")


def test_authors_of_a_given_article() -> None:
    given = GivenArticle(text="\n\n".join(PARAGRAPHS), authors=("Ada Quist",))
    article = read("", text=None, article=given)
    assert article.people == (Person(name="Ada Quist", source="given"),)


def test_a_page_with_thousands_of_bylines_has_bounded_people() -> None:
    links = '<a class="byline" href="/author/x" rel="author">Ada Quist</a> ' * 3_000
    head = ld(*({"@type": "Person", "name": f"Ada Quist{chr(97 + i % 26)}"} for i in range(5_000)))
    article = read(news_page(head=head, outside=f"<div>{links}</div>"))
    assert len(article.people) <= 30
