"""CloudEvents 1.0 in Kafka's binary mode, and the version of the contract that each record states.

Attributes are `ce_` headers, the value is the data.

The version is raised only if readers of the older version would misread the value. A new optional
property does not raise it: readers ignore unknown properties.
"""

import re

from service.contract.record import Headers

SOURCE = "urn:copydesk"

SEQUENCE_DIGITS = 19
"""Digits of `ce_sequence`, as many as a signed number of 64 bits has."""


def cloud_headers(
    *,
    id: str,
    type: str,
    schema: str,
    subject: str | None,
    time: str | None,
    traceparent: str | None = None,
    relation: str | None = None,
    sequence: int | None = None,
    notice: bool | None = None,
) -> Headers:
    """Return the headers of one event.

    Args:
        id: event id; the same when the same decision is repeated.
        type: event type, such as `copydesk.article.published`.
        schema: `$id` of the schema of the value.
        subject: uri of the article or id of the story.
        time: RFC 3339, from the input; omitted if the input has no time.
        traceparent: W3C trace context from the page's message.
        relation: of an article to its story, an extension attribute: a reader can leave out a kind
            of copy without parsing the value.
        sequence: grows with the events of one article, an extension attribute too: CloudEvents'
            `sequence`, which is a string that sorts as text.
        notice: True if the article is itself a notice of withdrawal; an extension attribute.
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
    if relation is not None:
        headers.append(("ce_relation", relation.encode()))
    if sequence is not None:
        headers.append(("ce_sequence", f"{sequence:0{SEQUENCE_DIGITS}}".encode()))
    if notice:
        headers.append(("ce_notice", b"true"))
    if traceparent is not None:
        headers.append(("traceparent", traceparent.encode()))
    return tuple(headers)


CONTRACT_VERSION = 1

EXTRACTED_SCHEMA = "copydesk-schema"
"""Header on `articles.extracted`, between READ and FOLD. Events use `ce_dataschema` instead."""

_VERSION = re.compile(rb"urn:copydesk:schema:[a-z-]+:(\d{1,9})")


class NewerContract(ValueError):
    """The record was written by a later contract version, which this one would misread."""


def schema_id(name: str, version: int = CONTRACT_VERSION) -> str:
    """Return the `$id` of a schema in `service/contract/schema/documents/`."""
    return f"urn:copydesk:schema:{name}:{version}"


def check_contract(stated: bytes | None) -> None:
    """Check that this version can read a record.

    Args:
        stated: the schema `$id` stated by the record; None means version 1.

    Raises:
        NewerContract: the record has a later version.
    """
    found = _VERSION.fullmatch(stated or b"")
    if found and int(found[1]) > CONTRACT_VERSION:
        raise NewerContract(
            f"a record of version {int(found[1])} was written by a later copydesk; this one reads"
            f" up to {CONTRACT_VERSION}: bring every worker to that later version"
        )
