"""An event as the body of a request."""

import json

import pytest

from service.contract.cloud_event import cloud_headers
from service.notify.structured import NoEvent, structured
from tests.desk.records import article

HEADERS = cloud_headers(
    id="0f3c",
    type="copydesk.article.copied",
    schema="urn:copydesk:schema:article-event:1",
    subject="urn:copydesk:article:1",
    time="2026-03-10T06:00:00Z",
    traceparent="00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    attributes=[("relation", "spun"), ("agency", None)],
)


def test_attributes_and_data_are_one_object() -> None:
    body = structured((*HEADERS, ("odd-header", b"x")), b'{"b": 1,  "a": "\xc3\xa9"}')
    assert b'"data":{"b": 1,  "a": "\xc3\xa9"}' in body, "the data is as it was"
    assert json.loads(body) == {
        "specversion": "1.0",
        "id": "0f3c",
        "source": "urn:copydesk",
        "type": "copydesk.article.copied",
        "dataschema": "urn:copydesk:schema:article-event:1",
        "datacontenttype": "application/json",
        "subject": "urn:copydesk:article:1",
        "time": "2026-03-10T06:00:00Z",
        "relation": "spun",
        "traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "data": {"b": 1, "a": "é"},
    }


def test_the_order_of_headers_changes_no_byte() -> None:
    assert structured(HEADERS, b"{}") == structured(tuple(reversed(HEADERS)), b"{}")


@pytest.mark.parametrize("value", [None, b"", b"{", b"\xff"])
def test_what_is_not_json_is_no_event(value: bytes | None) -> None:
    with pytest.raises(NoEvent):
        structured(HEADERS, value)


def test_a_record_without_the_needed_attributes_is_no_event() -> None:
    event = article("https://a.example/1")
    with pytest.raises(NoEvent, match="no source, specversion"):
        structured(event.headers, event.value)
