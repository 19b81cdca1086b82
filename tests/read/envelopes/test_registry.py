"""Which adapter reads what, and that none lets anything else through."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.contract.outcome import Failed, FailureReason, Rejected
from service.contract.page import RawPage
from service.read.envelopes import ADAPTER_NAMES, BodyRefs, decode
from tests.contract.messages import json_message, message, outcome

PAGE = {"url": "https://gazette.example/a", "text": "<p>"}
BEGINNINGS = (
    b"",
    b"{",
    b'{"url": "https://a.example/", "text": "',
    b'{"url": ["https://a.example/"], "content": ',
    b'{"appid": 1, "crawlid": 2, "status_code": 3, "url": ',
    b'{"type": "page_crawled", "r": ',
    b'["dict", [',
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\n",
    b"\x92\xc4\x02pc\x95",
    b"\x93\xa2pc\x94\xc4\x10https://a.exampl",
)
HEADER_NAMES = ("url", "status", "fetched-at", "content-type", "http-link", "crawler", "other")

anything = st.builds(
    message,
    st.none() | st.builds(bytes.__add__, st.sampled_from(BEGINNINGS), st.binary(max_size=200)),
    st.lists(st.tuples(st.sampled_from(HEADER_NAMES), st.binary(max_size=30)), max_size=4).map(
        tuple
    ),
    st.none() | st.binary(max_size=40) | st.just(b"https://a.example/"),
    st.none() | st.integers(-(2**63), 2**63 - 1),
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)
FIELDS = (
    *("url", "id", "type", "r", "body", "text", "article", "body_ref", "status", "fetched_at"),
    *("headers", "crawler", "appid", "crawlid", "status_code", "response_url", "timestamp"),
    *("response_headers", "content", "metadata", "binaryContent", "tstamp"),
)
documents = st.dictionaries(
    st.sampled_from(FIELDS), json_values | st.just("https://a.example/"), max_size=6
)


def assert_an_outcome(given: object) -> None:
    try:
        page = decode(given, body_refs=BodyRefs(("file:///crawl",)))  # type: ignore[arg-type]
    except (Failed, Rejected):
        return
    assert isinstance(page, RawPage)
    contents = [page.body, page.text, page.article, page.body_ref]
    assert sum(content is not None for content in contents) == 1
    page.url.encode()
    assert page.fetched_at is None or page.fetched_at.tzinfo is not None


@settings(max_examples=40)
@given(anything)
def test_any_bytes_have_an_outcome(given: object) -> None:
    assert_an_outcome(given)


@settings(max_examples=40)
@given(documents)
def test_any_json_has_an_outcome(document: dict[str, object]) -> None:
    assert_an_outcome(json_message(document))


def test_only_the_forms_that_are_named_are_read() -> None:
    assert decode(json_message(PAGE), ("native_json",)).text == "<p>"
    reason, detail = outcome(json_message(PAGE), ("warc", "nutch"))
    assert reason == FailureReason.UNDECODABLE
    assert "warc, nutch" in detail


def test_a_form_that_is_not_there_is_a_mistake_in_the_settings() -> None:
    with pytest.raises(ValueError, match="heritrix"):
        decode(json_message(PAGE), ("native_json", "heritrix"))


def test_every_form_has_a_name() -> None:
    assert set(ADAPTER_NAMES) == {
        "native_binary",
        "native_json",
        "news_please",
        "scrapy_cluster",
        "frontera_json",
        "frontera_msgpack",
        "stormcrawler",
        "nutch",
        "warc",
    }


def test_a_null_value_comes_first() -> None:
    assert outcome(message(None))[0] == FailureReason.NULL_VALUE
