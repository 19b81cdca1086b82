import pytest

from service.read.page.title import strip_site
from tests.read.page.pages import PARAGRAPHS, TITLE, news_page, read


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


def test_what_the_reader_saw_comes_before_json_ld_and_opengraph() -> None:
    page = news_page(head=head_with(headline="From the data", social="From the network"))
    article = read(page)
    assert article.title == TITLE
    assert [(other.role, other.text) for other in article.other_titles] == [
        ("declared", "From the data"),
        ("social", "From the network"),
    ]
    unseen = page.replace("<h1>", "<h2>")
    assert read(unseen).title == "From the data"
    only_social = news_page(head=head_with(social="From the network"))
    assert read(only_social.replace("<h1>", "<h2>")).title == "From the network"


@pytest.mark.parametrize(
    "logo",
    [
        '<h1><a href="/">All the news of the north</a></h1>',
        '<h1><a href="https://courier.example/"><svg><title>NC</title></svg><span>All '
        "news</span></a></h1>",
        '<a href="/index.html"><h1>The paper of the coast</h1></a>',
        '<h1 style="display:none">Something quite different hidden</h1>',
    ],
)
def test_a_logo_or_hidden_heading_is_no_headline(logo: str) -> None:
    page = news_page().replace("<h1>", "<h2>").replace("<nav>", f"{logo}<nav>")
    assert read(page).title == TITLE


def test_a_kicker_in_the_heading_is_taken_off_where_the_social_title_has_none() -> None:
    page = news_page(head=head_with(social=TITLE)).replace("<h1>", "<h1><span>Weather</span> ")
    assert read(page).title == TITLE


@pytest.mark.parametrize(
    "given",
    [
        f"&lt;em&gt;{TITLE}&lt;/em&gt;",
        TITLE.replace(" along", "&lt;br/&gt;along"),
        TITLE.replace("Storm", "&lt;b class='x'&gt;Storm&lt;/b&gt;"),
    ],
)
def test_markup_in_a_title_is_taken_off(given: str) -> None:
    page = news_page(head=head_with(social=given)).replace("<h1>", "<h2>")
    assert read(page).title == TITLE


@pytest.mark.parametrize("code", ["&amp;#8217;", "&amp;rsquo;", "&amp;amp;#8217;", "&amp;#x2019;"])
def test_references_encoded_twice_are_resolved_in_title_and_text(code: str) -> None:
    page = news_page(title=f"It{code}s open", head=head_with(social=f"It{code}s open"))
    article = read(page.replace("A storm", f"It{code}s clear that a storm"))
    assert article.title == "It’s open"
    assert "It’s clear" in article.text


def test_data_of_a_linked_article_are_not_the_pages() -> None:
    linked = head_with(headline="Harbour gets a new ferry after all these years")
    page = news_page(head=head_with(headline=TITLE) + linked)
    assert read(page).title == TITLE


def test_of_a_headline_and_its_beginning_or_end_the_shorter_is_taken() -> None:
    social = "Storm takes forty roofs along coast"
    page = news_page(head=head_with(headline=f"Weather: {social}", social=social))
    page = page.replace("<h1>", "<h2>")
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
    ["Storm roofs", "<i>Weather</i> Storm takes roofs"],
)
def test_a_title_that_the_heading_is_no_part_of_stays(heading: str) -> None:
    social = "Weather - Storm takes roofs"
    page = news_page(head=head_with(social=social)).replace(f"<h1>{TITLE}", f"<h1>{heading}")
    second = "<h1>All of this week in pictures</h1>"
    assert read(page.replace("</article>", f"{second}</article>")).title == social


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
    page = news_page(head=head_with(social=title, site="Northern Courier")).replace("<h1>", "<h2>")
    assert read(page).title == title


@pytest.mark.parametrize("end", ["-北方网", "_北方新闻网", " - 北方网"])
def test_the_name_of_a_chinese_site_is_taken_off(end: str) -> None:
    title = "风暴夜间横扫海岸，四十座房屋受损"
    page = news_page(head=head_with(social=title + end)).replace("<h1>", "<h2>")
    assert read(page).title == title


def test_the_title_is_not_repeated_in_the_body() -> None:
    page = news_page((f"{TITLE}!", *PARAGRAPHS))
    assert read(page).text == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    ("title", "host", "stripped"),
    [
        ("KILL: Ferry runs aground", "kill.example", "KILL: Ferry runs aground"),
        ("KILL: Ferry runs aground", "www.thekill.example", "KILL: Ferry runs aground"),
        ("UPDATE 2- Ferry: Nobody hurt", "update2.example", "UPDATE 2- Ferry: Nobody hurt"),
        ("CORRECTION: Ferry runs aground", "correction.example", "CORRECTION: Ferry runs aground"),
        ("Ferry runs aground - KILL", "kill.example", "Ferry runs aground - KILL"),
        ("Kill | Ferry runs aground", "kill.example", "Ferry runs aground"),
        ("Ferry runs aground | Kill", "kill.example", "Ferry runs aground"),
        ("Ferry runs aground - The Daily Kill", "dailykill.example", "Ferry runs aground"),
    ],
)
def test_a_revision_marker_is_not_taken_for_the_sites_name(
    title: str, host: str, stripped: str
) -> None:
    assert strip_site(title, None, host) == stripped
