"""Which pages a policy about the use of texts rejects."""

import pytest

from service.contract.outcome import Rejected, RejectionReason
from service.contract.page import GivenArticle, RawPage
from service.contract.rights import RESTRICTIONS, RightsWord
from service.read.page import Limits, read_page
from service.read.page.rights_check import restricts
from service.read.rights_policy import read_policy
from tests.read.page.pages import FETCHED, PARAGRAPHS, news_page, read

TEXT = "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "content", ["noarchive", "index, NoArchive,follow", "max-snippet:-1, noarchive"]
)
def test_pages_that_ask_for_no_copy_are_turned_away(content: str) -> None:
    page = news_page(head=f'<meta name="robots" content="{content}">')
    with pytest.raises(Rejected, match="noarchive in robots meta element") as outcome:
        read(page)
    assert outcome.value.reason is RejectionReason.ROBOTS_NOARCHIVE
    with pytest.raises(Rejected, match="noarchive in X-Robots-Tag header"):
        read(news_page(), headers=(("x-robots-tag", content),))


@pytest.mark.parametrize(
    "content", ["noindex, nofollow", "none", "all", "", "max-image-preview:large"]
)
def test_other_wishes_are_about_search_engines(content: str) -> None:
    assert read(news_page(head=f'<meta name="robots" content="{content}">')).text == TEXT


@pytest.mark.parametrize("sent", ["googlebot: noarchive", "noindex, googlebot: noai, noarchive"])
def test_a_header_for_another_crawler_is_not_for_us(sent: str) -> None:
    assert read(news_page(), headers=(("x-robots-tag", sent),)).text == TEXT


def test_by_default_no_word_turns_a_page_away() -> None:
    page = news_page(head='<meta name="robots" content="noarchive, noai">')
    assert read(page, limits=Limits()).text == TEXT


def test_other_words_have_a_reason_of_their_own() -> None:
    limits = Limits(rights=read_policy(["tdm-reservation=reject", "noarchive=reject"]))
    head = '<meta name="tdm-reservation" content="1">'
    with pytest.raises(Rejected) as outcome:
        read(news_page(head=head), limits=limits)
    assert outcome.value.reason is RejectionReason.RIGHTS
    assert outcome.value.detail == "tdm-reservation: 1 in meta.tdm-reservation"
    with pytest.raises(Rejected) as outcome:
        read(news_page(head=head + '<meta name="robots" content="noarchive">'), limits=limits)
    assert outcome.value.reason is RejectionReason.ROBOTS_NOARCHIVE


def test_an_article_that_came_without_its_page_is_checked_by_its_headers() -> None:
    page = RawPage(
        url="https://courier.example/storm",
        article=GivenArticle(text=TEXT),
        headers=(("x-robots-tag", "noai"),),
    )
    with pytest.raises(Rejected, match="noai in X-Robots-Tag header"):
        read_page(page, Limits(rights=read_policy(["noai=reject"])))


@pytest.mark.parametrize(
    ("word", "value", "expected"),
    [
        ("tdm-reservation", "1", True),
        ("tdm-reservation", "0", False),
        ("content-usage", "train-ai=n", True),
        ("content-usage", "search=y, train-ai=N", True),
        ("content-usage", "train-ai=y", False),
        ("content-signal", "search=yes,ai-train=no", True),
        ("content-signal", "ai-train=notify", False),
        ("unavailable_after", "2024-05-07T11:59:59Z", True),
        ("unavailable_after", "2024-05-07T12:00:01Z", False),
        ("unavailable_after", "soon", False),
        ("paywall", "False", True),
        ("free", "True", False),
        ("license", "https://courier.example/terms", False),
        ("disallow", "/", False),
    ],
)
def test_what_restricts(word: str, value: str, expected: bool) -> None:
    assert restricts(RightsWord(word=word, value=value, source="x"), FETCHED) is expected


def test_without_a_time_of_fetch_nobody_knows_whether_a_page_has_expired() -> None:
    word = RightsWord(word="unavailable_after", value="2024-01-01", source="meta.robots")
    assert restricts(word, FETCHED)
    assert not restricts(word, None)


@pytest.mark.parametrize("word", RESTRICTIONS)
def test_what_is_addressed_to_a_named_crawler_restricts_no_other(word: str) -> None:
    said = RightsWord(word=word, value="1", agent="otherbot", source="meta.otherbot")
    assert not restricts(said, FETCHED)
