import pytest

from service.events.outcome import Rejected, RejectionReason
from tests.page.pages import PARAGRAPHS, news_page, read

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
