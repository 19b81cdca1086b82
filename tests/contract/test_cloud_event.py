"""CloudEvents 1.0 in Kafka's binary mode."""

from service.contract.cloud_event import cloud_headers


def test_all_attributes() -> None:
    headers = dict(
        cloud_headers(
            id="e1",
            type="copydesk.article.published",
            schema="urn:copydesk:schema:article-event:1",
            subject="urn:copydesk:article:1",
            time="2024-05-14T09:30:00Z",
            traceparent="00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            relation="original",
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
