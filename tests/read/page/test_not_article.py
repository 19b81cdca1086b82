import pytest

from service.contract.outcome import Rejected, RejectionReason
from tests.read.page.pages import PARAGRAPHS, news_page, read

TEASERS = "".join(
    f'<div class="t{i}"><h3><a href="/{i}">Story {i}</a></h3><p>What happened in town number {i}, '
    "and what the mayor said about it.</p></div>"
    for i in range(15)
)
LIST = f"<html><head><title>News</title></head><body><main>{TEASERS}</main></body></html>"
COLLECTION = '<script type="application/ld+json">{"@type": "CollectionPage"}</script>'


@pytest.mark.parametrize(
    ("url", "page"),
    [
        ("https://courier.example/", LIST),
        ("https://courier.example/", news_page()),
        ("https://courier.example/tag/storms", LIST),
        ("https://courier.example/search?q=storm", LIST),
        ("https://courier.example/news", LIST.replace("<head>", f"<head>{COLLECTION}")),
        ("https://courier.example/author/quist/", news_page(head=COLLECTION)),
    ],
)
def test_lists_are_no_articles_and_the_reason_is_told(url: str, page: str) -> None:
    with pytest.raises(Rejected) as outcome:
        read(page, url=url)
    assert outcome.value.reason is RejectionReason.NO_ARTICLE
    assert outcome.value.detail


@pytest.mark.parametrize(
    "url", ["https://courier.example/tag/storms", "https://courier.example/search?q=storm"]
)
def test_one_sign_is_not_enough(url: str) -> None:
    assert read(news_page(), url=url).text == "\n\n".join(PARAGRAPHS)


def test_an_article_at_the_root_is_one_if_it_says_so() -> None:
    head = '<meta property="og:type" content="article">'
    assert read(news_page(head=head), url="https://courier.example/").title


def test_an_article_above_a_list_of_others_is_one() -> None:
    assert read(news_page(outside=TEASERS)).text == "\n\n".join(PARAGRAPHS)


def listing(items: str, *, title: str = "Harbour", head: str = "") -> str:
    """A section's page around these items, with a way to its second page."""
    return (
        f"<html><head><title>{title} | Northern Courier</title>{head}</head><body><h1>{title}</h1>"
        f'<div class="cols">{items}</div><a href="?page=2">Older</a></body></html>'
    )


LINKED_LINES = "".join(
    f'<div class="teaser"><a href="/s/{i}"><b>Ferry number {i} leaves port on time</b></a> '
    f"<small>It came back late. {i} reports</small></div>"
    for i in range(14)
)
EXCERPTS = "".join(
    f'<article class="post"><h2><a href="/s/{i}">Ferry {i} leaves</a></h2><div class="excerpt">'
    f"<p>{PARAGRAPHS[i % 4]} It was ferry number {i} of the year, and the harbour office wants "
    "to count all of them before the summer begins and the visitors come.</p></div></article>"
    for i in range(8)
)


@pytest.mark.parametrize("items", [LINKED_LINES, EXCERPTS])
@pytest.mark.parametrize("path", ["/harbour", "/news/harbour/", "/tag/harbour", "/list-2024-77"])
def test_sections_and_lists_of_excerpts_are_no_articles(items: str, path: str) -> None:
    with pytest.raises(Rejected) as outcome:
        read(listing(items), url=f"https://courier.example{path}")
    assert outcome.value.reason is RejectionReason.NO_ARTICLE


def test_a_section_that_calls_itself_an_article_in_opengraph_is_none() -> None:
    head = '<meta property="og:type" content="article">'
    with pytest.raises(Rejected) as outcome:
        read(listing(EXCERPTS, head=head), url="https://courier.example/harbour")
    assert outcome.value.reason is RejectionReason.NO_ARTICLE


def test_an_article_under_a_short_address_with_further_pages_is_one() -> None:
    page = news_page(after=f'<a href="?page=2">2</a><div>{LINKED_LINES}</div>')
    assert read(page, url="https://courier.example/news/2024-05-07-storm").title


def test_a_text_of_two_sentences_is_too_short_whatever_stands_beside_it() -> None:
    page = news_page(
        ("The north gate is shut until Thursday for painting. Use the gate on Elm Street.",),
        after='<div class="related-posts">'
        + "".join(
            f'<div class="item"><h4><a href="/{i}">Item {i}</a></h4><p>Come for pie.</p></div>'
            for i in range(9)
        )
        + "</div>",
        head='<meta property="og:type" content="article">',
    )
    with pytest.raises(Rejected) as outcome:
        read(page, url="https://courier.example/2024/05/07/gate")
    assert outcome.value.reason is RejectionReason.TOO_SHORT
