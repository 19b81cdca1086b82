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


def test_data_of_a_linked_article_are_not_the_pages() -> None:
    linked = head_with(headline="Harbour gets a new ferry after all these years")
    page = news_page(head=head_with(headline=TITLE) + linked)
    assert read(page).title == TITLE


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
        f"{TITLE} | courier.example",
    ],
)
def test_the_sites_name_is_taken_off(title: str) -> None:
    page = news_page(head=head_with(social=title, site="Northern Courier")).replace("<h1>", "<h2>")
    assert read(page).title == TITLE


@pytest.mark.parametrize(
    ("social", "heading"),
    [
        ("Weather: Storm takes roofs", "Storm takes roofs"),
        ("Storm takes roofs : 07.05.2024, 10.19 Uhr", "Storm takes roofs"),
    ],
)
def test_a_title_that_begins_or_ends_with_the_heading_is_the_heading(
    social: str, heading: str
) -> None:
    page = news_page(head=head_with(social=social)).replace(TITLE, heading)
    assert read(page).title == heading


@pytest.mark.parametrize(
    "heading",
    ["Storm roofs", "Other words: Storm takes roofs", "<i>Weather</i> Storm takes roofs"],
)
def test_a_title_that_the_heading_is_no_part_of_stays(heading: str) -> None:
    social = "Weather - Storm takes roofs"
    page = news_page(head=head_with(social=social)).replace(f"<h1>{TITLE}", f"<h1>{heading}")
    assert read(page).title == social


def test_a_heading_that_is_the_sites_name_is_no_title() -> None:
    page = news_page().replace(f"<h1>{TITLE}</h1>", f"<h1>The Coast at Large</h1><h2>{TITLE}</h2>")
    page = page.replace("| Northern Courier</title>", "» The Coast at Large</title>")
    assert read(page).title == TITLE


def test_a_headline_cut_for_its_length_goes_on_as_the_heading_does() -> None:
    long = f"{TITLE} and as many along the whole of the coast, as nobody has ever seen it before"
    page = news_page(head=head_with(headline=long[:104])).replace(TITLE, long)
    assert read(page).title == long
    page = news_page(head=head_with(headline=f"{long[:40]} ...")).replace(TITLE, long)
    assert read(page).title == long


def test_a_title_that_its_own_quotation_mark_cut_goes_on_as_the_pages_title_does() -> None:
    head = '<meta property="og:title" content="Minister calls the storm "a scandal" again">'
    page = news_page(title="Minister calls the storm &quot;a scandal&quot; again", head=head)
    assert read(page.replace("<h1>", "<h2>")).title == 'Minister calls the storm "a scandal" again'


@pytest.mark.parametrize(
    "title",
    ["Yes | No: a referendum", "Rise and fall - and rise again", "Minister: “Courier is heard”"],
)
def test_parts_that_are_not_the_sites_name_stay(title: str) -> None:
    assert read(news_page(head=head_with(social=title, site="Northern Courier"))).title == title


@pytest.mark.parametrize("end", ["-北方网", "_北方新闻网", " - 北方网"])
def test_the_name_of_a_chinese_site_is_taken_off(end: str) -> None:
    title = "风暴夜间横扫海岸，四十座房屋受损"
    page = news_page(head=head_with(social=title + end)).replace("<h1>", "<h2>")
    assert read(page).title == title


def test_the_title_is_not_repeated_in_the_body() -> None:
    page = news_page((f"{TITLE}!", *PARAGRAPHS))
    assert read(page).text == "\n\n".join(PARAGRAPHS)
