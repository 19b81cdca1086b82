from datetime import datetime, timedelta, timezone
from typing import TypedDict, Unpack

import pytest

from service.contract.article import Article
from service.contract.outcome import Rejected, RejectionReason
from service.contract.page import GivenArticle, RawPage
from service.read.page import read_page
from tests.read.page.pages import FETCHED, PARAGRAPHS, TITLE

TEXT = "\n\n".join(PARAGRAPHS)


class Given(TypedDict, total=False):
    """What a test gives of an article beside its text."""

    title: str
    authors: tuple[str, ...]
    published: datetime
    site_name: str


def read_given(text: str, **given: Unpack[Given]) -> Article:
    article = GivenArticle(text=text, **given)
    return read_page(RawPage(url="https://courier.example/s", fetched_at=FETCHED, article=article))


def test_a_given_title_stands_and_is_not_repeated() -> None:
    article = read_given(f"{TITLE}\n\n{TEXT}", title=TITLE)
    assert (article.title, article.text) == (TITLE, TEXT)


def test_a_title_is_found_in_the_text() -> None:
    assert read_given(f"{TITLE}\n\n{TEXT}").title == TITLE
    assert read_given(f"Home / Weather / {TITLE}\n\n{TITLE}\n\n{TEXT}").text == TEXT


def test_a_text_without_a_headline_keeps_its_first_paragraph() -> None:
    article = read_given(TEXT)
    assert (article.title, article.text) == ("", TEXT)


def test_lines_are_paragraphs_where_no_blank_line_parts_them() -> None:
    assert read_given("\r\n".join((TITLE, *PARAGRAPHS))).text == TEXT


def test_given_metadata_is_kept() -> None:
    published = datetime(2024, 5, 7, 9, 0, tzinfo=timezone(timedelta(hours=2)))
    article = read_given(
        TEXT, title=TITLE, authors=("Ada Quist", "Nordic Wire"), published=published, site_name="C"
    )
    assert article.published == "2024-05-07T09:00:00+02:00"
    assert article.authors[0] == "Ada Quist"
    assert ("meta.author", "Nordic Wire") in {(c.where, c.text) for c in article.credits}
    assert article.site_name == "C"
    assert article.language == "en"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", RejectionReason.NO_BODY),
        (" \n\n ", RejectionReason.NO_BODY),
        ("Short.", RejectionReason.TOO_SHORT),
    ],
)
def test_too_little_text_is_rejected(text: str, reason: RejectionReason) -> None:
    with pytest.raises(Rejected) as outcome:
        read_given(text)
    assert outcome.value.reason is reason


def test_the_content_hash_tells_versions_apart() -> None:
    same = {read_given(TEXT, title=TITLE).content_hash for _ in range(2)}
    other = read_given(TEXT.replace("forty", "fifty"), title=TITLE).content_hash
    assert len(same) == 1
    assert other not in same
