"""CloudEvents 1.0 in Kafka's binary mode, and the version of the contract that each record states.

Attributes are `ce_` headers, the value is the data.

The version is raised only if readers of the older version would misread the value. A new optional
property does not raise it: readers ignore unknown properties.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from service.contract.record import Headers, Record, Topic

SOURCE = "urn:copydesk"
"""`ce_source` where a deployment has no name of its own."""

SEQUENCE_DIGITS = 19
"""Digits of `ce_sequence`, as many as a signed number of 64 bits has."""

EVENT_TOPICS = (Topic.ARTICLES, Topic.STORIES, Topic.REJECTED)
"""The topics whose records are CloudEvents for other teams."""

ATTRIBUTE_PREFIX = "ce_"


def cloud_headers(
    *,
    id: str,
    type: str,
    schema: str,
    subject: str | None,
    time: str | None,
    traceparent: str | None = None,
    attributes: Iterable[tuple[str, str | None]] = (),
) -> Headers:
    """Return the headers of one event.

    Args:
        id: event id; the same when the same decision is repeated.
        type: event type, such as `copydesk.article.published`.
        schema: `$id` of the schema of the value.
        subject: uri of the article or id of the story.
        time: RFC 3339, from the input; omitted if the input has no time.
        traceparent: W3C trace context from the page's message.
        attributes: extension attributes, see `service.contract.attributes`; those that are None
            are left out.
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
    headers += [
        (ATTRIBUTE_PREFIX + name, value.encode()) for name, value in attributes if value is not None
    ]
    if traceparent is not None:
        headers.append(("traceparent", traceparent.encode()))
    return tuple(headers)


def stated_id(headers: Iterable[tuple[str, bytes]]) -> str | None:
    """Return the id of the event that a record with these headers is; None if it is none."""
    found = next((value for name, value in headers if name == "ce_id"), None)
    return None if found is None else found.decode("utf-8", "replace")


def from_source(record: Record, source: str) -> Record:
    """Return a record with the deployment's name as its source, if it is an event.

    The core writes `SOURCE`, since it knows no settings; the name is put in where records leave
    the process. Ids of events do not depend on it.
    """
    if source == SOURCE or record.topic not in EVENT_TOPICS:
        return record
    named = source.encode()
    return replace(
        record,
        headers=tuple(
            (name, named if name == "ce_source" else value) for name, value in record.headers
        ),
    )


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
