"""Each limit on a page is a setting, and a page over it is turned away with the limit named."""

import gzip

import pytest

from service.contract.outcome import Rejection
from service.contract.record import InputMessage, Topic
from service.contract.serde import load
from service.read.stage import read
from service.sandbox.from_settings import read_options
from service.settings import Settings
from tests.contract.messages import message
from tests.read.page.pages import news_page

PAGE = news_page().encode()


def page_message(body: bytes, encoding: bytes | None = None) -> InputMessage:
    headers = (("url", b"https://news.example/a"), ("content-type", b"text/html"))
    return message(body, (*headers, ("content-encoding", encoding)) if encoding else headers)


@pytest.mark.parametrize("given", [{"link": "on"}, {"stages": ("link",)}])
def test_concepts_are_signed_where_stories_are_linked(given: dict[str, object]) -> None:
    assert read_options(Settings.model_validate(given)).concepts
    assert not read_options(Settings()).concepts


@pytest.mark.parametrize(
    ("name", "limit", "body", "reason"),
    [
        ("page_raw_bytes", 1000, PAGE + b" " * 1000, "too_large"),
        ("page_decoded_bytes", 1000, PAGE + b" " * 1000, "too_large"),
        ("page_tag_attributes", 100, PAGE + b"<i " + b"a " * 200 + b">", "too_complex"),
        ("page_tag_bytes", 1000, PAGE + b"<i a=" + b"a" * 1000 + b">", "too_complex"),
        ("page_nodes", 100, PAGE + b"<i>x</i>" * 100, "too_complex"),
        ("page_min_words", 5000, PAGE, "too_short"),
    ],
)
def test_a_limit_is_a_setting(name: str, limit: int, body: bytes, reason: str) -> None:
    encoding = None
    if name == "page_decoded_bytes":
        body, encoding = gzip.compress(body), b"gzip"
    asked = page_message(body, encoding)
    assert read(asked, read_options(Settings())).topic is Topic.EXTRACTED
    refused = read(asked, read_options(Settings.model_validate({name: limit})))
    assert refused.topic is Topic.REJECTED
    assert refused.value is not None
    rejection = load(Rejection, refused.value)
    assert rejection.reason == reason
    assert str(limit) in rejection.detail.replace(",", "")
