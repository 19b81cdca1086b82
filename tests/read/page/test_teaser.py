import json

import pytest

from service.contract.declared import Teaser
from service.read.page.paragraph import normalise_words
from service.read.page.teaser import SNIPPET, is_cut, is_list, is_teaser
from tests.read.page.pages import PARAGRAPHS, TITLE, news_page, read

STANDFIRST = "Forty houses are without a roof, and the ferries stay in port until the wind turns"
OTHER = "The harbour office of Northport counts the damage after the worst storm for years."


def teaser_of(page: str) -> Teaser | None:
    return read(page).teaser


def described(text: str, name: str = "og:description") -> str:
    return f'<meta property="{name}" content="{text}">'


@pytest.mark.parametrize(
    "before",
    [
        f'<p class="standfirst">{STANDFIRST}</p>',
        f'<h2 class="article__subheadline">{STANDFIRST}</h2>',
        f'<div class="header"><p class="strapline">{STANDFIRST}</p></div>',
    ],
)
def test_a_standfirst_by_its_name(before: str) -> None:
    found = teaser_of(news_page(before=before, head=described(OTHER)))
    assert found == Teaser(role="standfirst", text=STANDFIRST, source="standfirst")


def test_a_standfirst_that_repeats_the_description() -> None:
    page = news_page(before=f"<header><p>{STANDFIRST}</p></header>", head=described(STANDFIRST))
    assert teaser_of(page) == Teaser(role="standfirst", text=STANDFIRST, source="standfirst")


def test_a_description_that_nothing_shows() -> None:
    assert teaser_of(news_page(head=described(OTHER))) == Teaser(
        role="description", text=OTHER, source="meta.og:description"
    )


def test_the_body_is_not_changed_by_its_teaser() -> None:
    page = news_page(before=f'<p class="standfirst">{STANDFIRST}</p>')
    assert read(page).text.startswith(STANDFIRST)


@pytest.mark.parametrize(
    "text",
    [
        PARAGRAPHS[0].replace('"', "&quot;"),
        PARAGRAPHS[0][:100] + " ...",
        "By Ada Quist " + PARAGRAPHS[0][:120],
        TITLE,
        "The best news, sports, weather, videos, pictures and more from all over the country",
        "storm, roofs, northern coast, ferries, harbour office",
        "Read more about the storm that took the roofs of forty houses along the coast",
        OTHER[:60] + "…",
        "x " * 700,
    ],
    ids=["body", "cut body", "body after a byline", "headline", "site", "keywords", "advertises",
         "cut", "long"],
)  # fmt: skip
def test_descriptions_that_are_no_teasers(text: str) -> None:
    assert teaser_of(news_page(head=described(text))) is None


def test_the_first_paragraph_is_no_standfirst_because_the_description_repeats_it() -> None:
    text = PARAGRAPHS[0].replace('"', "&quot;")
    assert teaser_of(news_page(head=described(text))) is None


def test_a_line_of_dates_or_a_pictures_caption_is_no_standfirst() -> None:
    date = '<p class="lead">2024-05-07 10:15 Updated 2024-05-07 11:30 by the desk at 12:00</p>'
    caption = '<div class="media-description">The roofs along the harbour, seen on Tuesday</div>'
    assert teaser_of(news_page(before=date)) is None
    assert teaser_of(news_page(before=caption)) is None


def test_references_and_markup_in_a_description_are_resolved() -> None:
    node = {
        "@type": "NewsArticle",
        "headline": TITLE,
        "description": "<p>Harbour &amp; coast: the office of Northport counts the damage.</p>",
    }
    found = teaser_of(
        news_page(head=f'<script type="application/ld+json">{json.dumps(node)}</script>')
    )
    assert found is not None
    assert found.text == "Harbour & coast: the office of Northport counts the damage."


def test_a_description_that_begins_with_the_sites_name() -> None:
    text = "Northern Courier: The harbour office of Northport counts the damage of the storm."
    assert not is_teaser(text, TITLE, [normalise_words("Northern Courier")])
    assert is_teaser(text, TITLE)


def test_lists_and_cuts() -> None:
    assert is_list("storm, roofs, coast, ferries")
    assert not is_list(OTHER)
    assert is_cut("storm " * 30 + "and th")
    assert not is_cut("storm " * 30 + "and the end.")


@pytest.mark.parametrize("piece", [".", "…", "www", "read more ", "[..", " "])
def test_the_pattern_of_snippets_takes_linear_time(piece: str) -> None:
    SNIPPET.search("a" + piece * 20_000)
