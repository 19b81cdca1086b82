"""READ has an outcome for whatever comes in."""

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.contract.extracted import SourcePosition
from service.contract.record import InputMessage, Topic
from service.read.stage import read

OUTCOMES = {Topic.EXTRACTED, Topic.REJECTED, Topic.FAILED}


def message(value: bytes | None, *headers: tuple[str, bytes]) -> InputMessage:
    source = SourcePosition(topic="pages.raw", partition=0, offset=0)
    return InputMessage(key=None, value=value, headers=headers, timestamp=None, source=source)


@given(
    value=st.none() | st.binary(max_size=300) | st.text(max_size=300).map(str.encode),
    headers=st.lists(
        st.tuples(
            st.sampled_from(["url", "fetched-at", "status", "content-type", "content-encoding"]),
            st.sampled_from([b"https://a.example/x", b"file:///x", b"200", b"\xff", b"gzip", b""])
            | st.binary(max_size=20),
        ),
        max_size=4,
    ),
)
@settings(max_examples=200)
def test_any_message_has_one_outcome(value: bytes, headers: list[tuple[str, bytes]]) -> None:
    assert read(message(value, *headers)).topic in OUTCOMES


@pytest.mark.parametrize(
    "url",
    ["file:///folder/page.html", "http://a.example/x", "http://[::1]:99999/", "https://\u2460/"],
)
def test_a_rejected_page_of_any_address(url: str) -> None:
    record = read(message(b"%PDF-1.7 nothing to read", ("url", url.encode())))
    assert record.topic in {Topic.REJECTED, Topic.FAILED}


def test_a_rejection_of_a_local_file_names_it() -> None:
    record = read(message(b"%PDF-1.7", ("url", b"file:///folder/page.html")))
    assert record.topic is Topic.REJECTED
    value = orjson.loads(record.value or b"")
    assert value["reason"] == "not_html"
    assert value["url"] == "file:///folder/page.html"
    assert value["uri"].startswith("urn:copydesk:article:")
