"""CloudEvents 1.0 in Kafka's binary mode."""

import pytest

from service.contract.cloud_event import SOURCE, cloud_headers, from_source, stated_id
from service.contract.outcome import rejection_record
from service.contract.record import Record, Topic
from service.contract.schema.examples import example_rejection


def test_all_attributes() -> None:
    headers = dict(
        cloud_headers(
            id="e1",
            type="copydesk.article.published",
            schema="urn:copydesk:schema:article-event:1",
            subject="urn:copydesk:article:1",
            time="2024-05-14T09:30:00Z",
            traceparent="00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            attributes=(("relation", "original"), ("agency", None)),
        )
    )
    assert headers == {
        "ce_specversion": b"1.0",
        "ce_id": b"e1",
        "ce_source": b"urn:copydesk",
        "ce_type": b"copydesk.article.published",
        "ce_dataschema": b"urn:copydesk:schema:article-event:1",
        "ce_subject": b"urn:copydesk:article:1",
        "ce_relation": b"original",
        "ce_time": b"2024-05-14T09:30:00Z",
        "content-type": b"application/json",
        "traceparent": b"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    }


def test_what_the_input_does_not_tell_is_left_out() -> None:
    headers = cloud_headers(id="e1", type="t", schema="s", subject=None, time=None)
    assert [name for name, _ in headers] == [
        "ce_specversion",
        "ce_id",
        "ce_source",
        "ce_type",
        "ce_dataschema",
        "content-type",
    ]


def test_the_id_that_a_record_states() -> None:
    assert stated_id(cloud_headers(id="e1", type="t", schema="s", subject=None, time=None)) == "e1"
    assert stated_id((("ce_id", b"\xff"),)) == "\ufffd", "of another program"
    assert stated_id(()) is None


def test_an_event_names_its_deployment() -> None:
    record = rejection_record(example_rejection(), decided_on="c0ffee")
    named = from_source(record, "urn:example:desk-1")
    before, after = dict(record.headers), dict(named.headers)
    assert after.pop("ce_source") == b"urn:example:desk-1"
    assert before.pop("ce_source") == SOURCE.encode()
    assert before == after, "its id too"
    assert from_source(record, SOURCE) is record


@pytest.mark.parametrize("topic", [Topic.FAILED, Topic.RAW, Topic.EXTRACTED])
def test_the_source_of_a_crawler_stays_with_its_message(topic: Topic) -> None:
    record = Record(topic, None, b"", (("ce_source", b"urn:crawler"),))
    assert from_source(record, "urn:example:desk-1") is record
