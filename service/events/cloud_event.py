"""CloudEvents 1.0 in Kafka's binary mode: attributes are `ce_` headers, the value is the data."""

from service.events.record import Headers

SOURCE = "urn:copydesk"


def cloud_headers(
    *,
    id: str,
    type: str,
    schema: str,
    subject: str | None,
    time: str | None,
    traceparent: str | None = None,
) -> Headers:
    """The headers of one event.

    Args:
        id: the same for a repeat of the same decision.
        type: `copydesk.` and what happened.
        schema: `$id` of the schema of the value.
        subject: uri of the article or id of the story.
        time: RFC 3339, from the input; left out where the input has none.
        traceparent: W3C trace context, as it came with the page.
    """
    headers = [
        ("ce_specversion", b"1.0"),
        ("ce_id", id.encode()),
        ("ce_source", SOURCE.encode()),
        ("ce_type", type.encode()),
        ("ce_dataschema", schema.encode()),
        ("content-type", b"application/json"),
    ]
    if subject is not None:
        headers.append(("ce_subject", subject.encode()))
    if time is not None:
        headers.append(("ce_time", time.encode()))
    if traceparent is not None:
        headers.append(("traceparent", traceparent.encode()))
    return tuple(headers)
