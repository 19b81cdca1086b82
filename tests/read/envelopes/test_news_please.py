"""news-please's JSON lines."""

from typing import Any

import pytest

from service.contract.outcome import FailureReason, RejectionReason
from service.read.envelopes import decode
from tests.contract.messages import json_message, outcome


def item(**changes: Any) -> dict[str, Any]:
    """An article as news-please 1.6 writes it."""
    return {
        "authors": ["Jane Roe"],
        "date_download": "2024-05-14 09:30:00",
        "date_modify": None,
        "date_publish": "2024-05-13 22:15:00",
        "description": "The bridge is open again.",
        "filename": "https%3A%2F%2Fgazette.example%2Fa.json",
        "image_url": None,
        "language": "en",
        "localpath": None,
        "maintext": "The bridge reopened on Monday.\nIt had been closed for a week.",
        "source_domain": "gazette.example",
        "text": None,
        "title": "Bridge reopens",
        "title_page": None,
        "title_rss": None,
        "url": "https://gazette.example/a",
        **changes,
    }


def test_an_item_is_an_extracted_article() -> None:
    page = decode(json_message(item(), timestamp=None))
    assert page.url == "https://gazette.example/a"
    assert page.fetched_at is not None
    assert page.fetched_at.isoformat() == "2024-05-14T09:30:00+00:00"
    assert page.article is not None
    assert page.article.title == "Bridge reopens"
    assert page.article.text.startswith("The bridge reopened")
    assert page.article.authors == ("Jane Roe",)
    assert page.article.language == "en"
    assert page.article.published is not None
    assert page.article.published.isoformat() == "2024-05-13T22:15:00", "no offset is made up"


def test_times_with_an_offset_keep_it() -> None:
    page = decode(json_message(item(date_download="2024-05-14T11:30:00+02:00")))
    assert page.fetched_at is not None
    assert page.fetched_at.isoformat() == "2024-05-14T11:30:00+02:00"


@pytest.mark.parametrize("missing", [None, "", "yesterday", 7])
def test_missing_fields_are_absent(missing: object) -> None:
    given = item(date_download=missing, date_publish=missing, authors=missing, title=None)
    page = decode(json_message(given))
    assert page.fetched_at is not None, "the record's timestamp"
    assert page.article is not None
    assert (page.article.authors, page.article.published, page.article.title) == ((), None, None)


@pytest.mark.parametrize("text", [None, "", "  "])
def test_an_item_without_a_text_has_no_body(text: object) -> None:
    assert outcome(json_message(item(maintext=text)))[0] == RejectionReason.NO_BODY


def test_an_item_without_an_address() -> None:
    assert outcome(json_message(item(url=None)))[0] == FailureReason.NO_URL
