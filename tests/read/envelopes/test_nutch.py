"""Documents as Nutch's Kafka index writer writes them: arrays of strings only."""

from base64 import b64encode
from typing import Any

import pytest

from service.contract.outcome import FailureReason, RejectionReason
from service.read.envelopes import decode
from tests.contract.messages import json_message, outcome

HTML = b"<html><p>The bridge reopened.</p></html>"


def document(**changes: Any) -> dict[str, Any]:
    return {
        "id": ["https://gazette.example/a"],
        "url": ["https://gazette.example/a"],
        "host": ["gazette.example"],
        "title": ["Bridge reopens"],
        "content": ["Bridge reopens The bridge reopened."],
        "tstamp": ["Tue May 14 09:30:00 UTC 2024"],
        "digest": ["0cc175b9c0f1b6a831c399e269772661"],
        "boost": ["1.0"],
        "lang": ["en"],
        **changes,
    }


def test_a_parsed_page_is_an_article_already_extracted() -> None:
    page = decode(json_message(document()))
    assert page.url == "https://gazette.example/a"
    assert page.article is not None
    assert page.article.title == "Bridge reopens"
    assert page.article.text == "Bridge reopens The bridge reopened."
    assert page.fetched_at is not None
    assert page.fetched_at.isoformat() == "2024-05-14T09:30:00+00:00"


def test_the_page_itself_is_preferred() -> None:
    packed = decode(json_message(document(binaryContent=[b64encode(HTML).decode()])))
    assert (packed.body, packed.text, packed.article) == (HTML, None, None)
    plain = decode(json_message(document(binaryContent=[HTML.decode()])))
    assert (plain.body, plain.text, plain.article) == (None, HTML.decode(), None)


def test_the_id_is_the_url() -> None:
    given = document()
    del given["url"]
    assert decode(json_message(given)).url == "https://gazette.example/a"


@pytest.mark.parametrize(
    ("tstamp", "time"),
    [
        (["2024-05-14T09:30:00.000Z"], "2024-05-14T09:30:00+00:00"),
        (["Tue May 14 11:30:00 CEST 2024"], "2024-05-14T09:30:00.250000+00:00"),
        (["Tue May 99 11:30:00 UTC 2024"], "2024-05-14T09:30:00.250000+00:00"),
        ([], "2024-05-14T09:30:00.250000+00:00"),
    ],
)
def test_a_time_that_cannot_be_told_is_that_of_the_record(tstamp: list[str], time: str) -> None:
    page = decode(json_message(document(tstamp=tstamp)))
    assert page.fetched_at is not None
    assert page.fetched_at.isoformat() == time


@pytest.mark.parametrize("content", [[], [""], [" "], None])
def test_a_document_without_content(content: list[str] | None) -> None:
    assert outcome(json_message(document(content=content)))[0] == RejectionReason.NO_BODY


def test_documents_that_are_broken() -> None:
    assert outcome(json_message(document(url=["a"])))[0] == FailureReason.NO_URL
    assert outcome(json_message(document(url=[], id=[])))[0] == FailureReason.NO_URL
    assert outcome(json_message(document(content=[7])))[0] == FailureReason.UNDECODABLE
