import pytest

from tests.read.page.pages import PARAGRAPHS, TITLE, news_page, read
from tests.read.page.test_title import head_with

SEARCH = "Storm 2024: Roofs gone in Northport, ferries in port"


@pytest.mark.parametrize(
    ("crumb", "headline"),
    [
        ("<nav class='crumbs'><ol><li><h1>{}</h1></li></ol></nav>", "<h2>{}</h2>"),
        ("<div class='page-breadcrumb'><h1>{}</h1></div>", "<hgroup><h2>{}</h2></hgroup>"),
        ("<ul><li class='breadcrumb__item'><h1>{}</h1></li></ul>", "<h2><span>{}</span></h2>"),
    ],
)
def test_a_headline_set_below_a_heading_in_the_breadcrumb_is_the_title(
    crumb: str, headline: str
) -> None:
    page = news_page(title=SEARCH, head=head_with(headline=SEARCH, social=SEARCH))
    page = page.replace(f"<h1>{SEARCH}</h1>", crumb.format(SEARCH) + headline.format(TITLE))
    article = read(page)
    assert article.title == TITLE
    assert SEARCH in [other.text for other in article.other_titles]


@pytest.mark.parametrize(
    "below",
    ["", "<h2>Weather</h2>", f"<p>{PARAGRAPHS[3]}</p><h2>What the insurers expect</h2>"],
)
def test_a_heading_in_the_breadcrumb_is_the_title_where_no_other_follows_it(below: str) -> None:
    page = news_page().replace(f"<h1>{TITLE}</h1>", f"<nav><h1>{TITLE}</h1></nav>{below}")
    assert read(page).title == TITLE


@pytest.mark.parametrize(
    "heading",
    [
        "<span class='kicker'>Insurance</span><span>{}</span>",
        "<span>Insurance</span><span aria-hidden='true'> – </span><span>{}</span>",
        "<small>Insurance</small>{}",
    ],
)
def test_a_kicker_is_not_glued_to_the_headline(heading: str) -> None:
    page = news_page().replace(f"<h1>{TITLE}</h1>", f"<h1>{heading.format(TITLE)}</h1>")
    assert read(page.replace(f"<title>{TITLE}", f"<title>Insurance: {TITLE}")).title.endswith(
        f"Insurance: {TITLE}"
    )
    assert "InsuranceStorm" not in read(page).title


@pytest.mark.parametrize(
    "others",
    [
        ("Follow us on every network", ""),
        ("", "More from the north coast"),
        ("The week in pictures so far", "Readers write to us"),
    ],
)
def test_of_several_headings_the_first_that_agrees_with_a_title_is_taken(
    others: tuple[str, str],
) -> None:
    before, after = (f"<h1>{text}</h1>" if text else "" for text in others)
    page = news_page(head=head_with(social="Storm takes roofs in Northport", site="Courier"))
    page = page.replace("<main>", f"<main>{before}").replace("</main>", f"</main>{after}")
    assert read(page).title == TITLE


@pytest.mark.parametrize(
    "title", ["Courier News - {}", "Northern Courier | Coast | {}", "COURIER · {}"]
)
def test_a_headline_after_the_sites_name_is_no_banner(title: str) -> None:
    page = news_page(head=head_with(social="A gale took roofs"))
    page = page.replace(f"<title>{TITLE} | Northern Courier", f"<title>{title.format(TITLE)}")
    assert read(page).title == TITLE


@pytest.mark.parametrize(
    ("title", "seen"),
    [
        ('{} | | "The paper of the coast"', "<h2>{}</h2>"),
        ("{} - Forty houses lose theirs", "<h3>{}</h3>"),
        ("{} – Harbour office speaks of luck", "<h2><a href='/storm'>{}</a></h2>"),
    ],
)
def test_the_title_ends_where_a_heading_below_the_first_level_ends(title: str, seen: str) -> None:
    page = news_page().replace(f"<h1>{TITLE}</h1>", seen.format(TITLE))
    page = page.replace(f"<title>{TITLE} | Northern Courier", f"<title>{title.format(TITLE)}")
    assert read(page).title == TITLE


@pytest.mark.parametrize(
    ("title", "url"),
    [
        (f"{TITLE} | Opinion", "https://courier.example/story/opinion/storm.html"),
        (f"{TITLE} | District", "https://courier.example/district/343604"),
        (f"Courier.com: {TITLE}", "https://courier.example/storm"),
    ],
)
def test_a_section_at_the_end_and_a_domain_before_it_are_no_part_of_the_title(
    title: str, url: str
) -> None:
    page = news_page(head=head_with(social=title)).replace("<h1>", "<h2>")
    assert read(page, url=url).title == TITLE


def test_a_part_of_the_title_that_only_looks_like_a_section_stays() -> None:
    title = f"{TITLE} | Opinion"
    page = news_page(head=head_with(social=title)).replace(f"<h1>{TITLE}</h1>", "")
    assert read(page, url="https://courier.example/weather/storm").title == title
