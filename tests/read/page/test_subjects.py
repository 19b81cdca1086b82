import json

import pytest

from service.contract.declared import SUBJECTS_KEPT, Subject
from tests.read.page.pages import TITLE, news_page, read


def subjects_of(head: str) -> list[tuple[str, str]]:
    return [(subject.rel, subject.name) for subject in read(news_page(head=head)).subjects]


def ld(**properties: object) -> str:
    node = {"@type": "NewsArticle", "headline": TITLE, **properties}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def meta(name: str, *contents: str) -> str:
    return "".join(f'<meta name="{name}" content="{content}">' for content in contents)


def test_section_and_keywords_as_printed_with_their_places() -> None:
    head = ld(articleSection="Northern coast", keywords=["Storm", "Ada Quist, CEO", "Insurance"])
    assert read(news_page(head=head)).subjects == (
        Subject(name="Northern coast", rel="section", source="jsonld.articleSection"),
        Subject(name="Storm", rel="keyword", source="jsonld.keywords"),
        Subject(name="Ada Quist, CEO", rel="keyword", source="jsonld.keywords"),
        Subject(name="Insurance", rel="keyword", source="jsonld.keywords"),
    )


@pytest.mark.parametrize(
    "printed", ["storm, roofs, coast", "storm; roofs; coast", "storm、roofs、coast"]
)
def test_a_list_in_one_text_is_parted(printed: str) -> None:
    assert [name for _, name in subjects_of(meta("keywords", printed))] == [
        "storm",
        "roofs",
        "coast",
    ]


def test_one_keyword_with_a_comma_and_an_and() -> None:
    assert subjects_of(meta("article:tag", "Business, Finance, & Economics")) == [
        ("keyword", "Business, Finance, & Economics")
    ]


@pytest.mark.parametrize(
    "junk",
    [
        "Home",
        "Uncategorized",
        "News",
        "Northern Courier",
        TITLE,
        "@post-id:1913719",
        "Page Type: Article",
        "26157981-b4f7-4929-adc1-e860c6f03636",
        "courier.com",
        "breaking news today",
        "State News",
        "Associated Press",
        "x" * 101,
        "12345",
        "&quot",
    ],
)
def test_what_is_no_subject(junk: str) -> None:
    head = '<meta property="og:site_name" content="Northern Courier">'
    assert subjects_of(head + meta("article:tag", junk, "storm")) == [("keyword", "storm")]


def test_an_authors_name_is_no_subject() -> None:
    head = ld(author={"@type": "Person", "name": "Ada Müller"}, keywords="Mueller-Ada, storm")
    assert subjects_of(head) == [("keyword", "storm")]


@pytest.mark.parametrize(
    "printed",
    [
        "Storm, takes, roofs, along, northern, coast",
        "Hamford, Lower Stow, Castlebury, Wexmouth, Lindale, Thornby",
        ", ".join(f"storm {number}" for number in range(31)),
    ],
    ids=["the headline cut into words", "towns of the whole site", "too long a list"],
)
def test_lists_that_are_left_out_whole(printed: str) -> None:
    head = meta("news_keywords", printed) + meta("keywords", "ferries, roofs")
    assert subjects_of(head) == [("keyword", "ferries"), ("keyword", "roofs")]


def test_a_short_list_that_the_text_does_not_mention_is_kept() -> None:
    assert subjects_of(meta("keywords", "Meteorology, Weather extremes")) == [
        ("keyword", "Meteorology"),
        ("keyword", "Weather extremes"),
    ]


def test_the_last_step_of_the_breadcrumb_before_the_headline() -> None:
    crumbs = {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": 1, "name": "Home"},
            {"@type": "ListItem", "position": 2, "item": {"name": "Coast"}},
            {"@type": "ListItem", "position": 3, "name": TITLE},
        ],
    }
    head = f'<script type="application/ld+json">{json.dumps(crumbs)}</script>'
    assert read(news_page(head=head)).subjects == (
        Subject(name="Coast", rel="section", source="jsonld.breadcrumb"),
    )


def test_a_keyword_that_is_the_section_is_said_once() -> None:
    head = ld(articleSection="Storm", keywords="storm, roofs")
    assert subjects_of(head) == [("section", "Storm"), ("keyword", "roofs")]


@pytest.mark.parametrize(
    "value", [None, 7, {"name": 3}, [[["deep"]]], "", ["", None], {"@id": "x"}, True]
)
def test_values_of_other_kinds_are_nothing(value: object) -> None:
    assert subjects_of(ld(articleSection=value, keywords=value)) == []


def test_hostile_lists_are_bounded() -> None:
    long = ", ".join(["storm"] * 100_000)
    many = "".join(meta("article:tag", f"storm of {number}") for number in range(5_000))
    head = meta("news_keywords", long, "," * 200_000) + many
    assert len(subjects_of(head)) <= SUBJECTS_KEPT
