import pytest

from service.events.outcome import Rejected, RejectionReason
from service.page.limits import Limits
from tests.page.pages import PARAGRAPHS, news_page, read

TEXT = "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "content", ["noarchive", "index, NoArchive,follow", "max-snippet:-1, noarchive"]
)
def test_pages_that_ask_for_no_copy_are_turned_away(content: str) -> None:
    page = news_page(head=f'<meta name="robots" content="{content}">')
    with pytest.raises(Rejected) as outcome:
        read(page)
    assert outcome.value.reason is RejectionReason.ROBOTS_NOARCHIVE
    with pytest.raises(Rejected, match="X-Robots-Tag"):
        read(news_page(), headers=(("x-robots-tag", content),))


@pytest.mark.parametrize(
    "content", ["noindex, nofollow", "none", "all", "", "max-image-preview:large"]
)
def test_other_wishes_are_about_search_engines(content: str) -> None:
    assert read(news_page(head=f'<meta name="robots" content="{content}">')).text == TEXT


def test_a_header_for_another_crawler_is_not_for_us() -> None:
    assert read(news_page(), headers=(("x-robots-tag", "googlebot: noarchive"),)).text == TEXT


def test_the_wish_can_be_left_to_the_feeder() -> None:
    page = news_page(head='<meta name="robots" content="noarchive">')
    assert read(page, limits=Limits(honour_noarchive=False)).text == TEXT
