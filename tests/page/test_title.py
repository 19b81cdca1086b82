import pytest

from tests.page.pages import PARAGRAPHS, TITLE, news_page, read


def head_with(*, headline: str = "", social: str = "", site: str = "") -> str:
    parts = []
    if headline:
        block = f'{{"@type": "NewsArticle", "headline": "{headline}"}}'
        parts.append(f'<script type="application/ld+json">{block}</script>')
    if social:
        parts.append(f'<meta property="og:title" content="{social}">')
    if site:
        parts.append(f'<meta property="og:site_name" content="{site}">')
    return "".join(parts)


def test_json_ld_comes_before_opengraph_and_heading() -> None:
    page = news_page(head=head_with(headline="From the data", social="From the network"))
    assert read(page).title == "From the data"
    assert read(news_page(head=head_with(social="From the network"))).title == "From the network"
    assert read(news_page()).title == TITLE


def test_of_a_headline_and_its_beginning_or_end_the_shorter_is_taken() -> None:
    social = "Storm takes forty roofs along coast"
    page = news_page(head=head_with(headline=f"Weather: {social}", social=social))
    assert read(page).title == social


@pytest.mark.parametrize(
    "title",
    [
        f"{TITLE} | Northern Courier",
        f"{TITLE} - courier",
        f"Northern Courier: {TITLE}",
        f"{TITLE} – Courier – 07.05.2024",
    ],
)
def test_the_sites_name_is_taken_off(title: str) -> None:
    page = news_page(head=head_with(social=title, site="Northern Courier")).replace("<h1>", "<h2>")
    assert read(page).title == TITLE


@pytest.mark.parametrize("title", ["Yes | No: a referendum", "Rise and fall - and rise again"])
def test_parts_that_are_not_the_sites_name_stay(title: str) -> None:
    assert read(news_page(head=head_with(social=title, site="Northern Courier"))).title == title


def test_the_title_is_not_repeated_in_the_body() -> None:
    page = news_page((f"{TITLE}!", *PARAGRAPHS))
    assert read(page).text == "\n\n".join(PARAGRAPHS)
