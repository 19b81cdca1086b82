"""Records that `copydesk fold` wrote as lines of JSON, read back."""

import base64
import binascii
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from service.contract.cloud_event import stated_id
from service.contract.record import Headers, InputMessage, Record, Topic
from service.contract.serde import UndecodableValue, load_json
from service.local.read_files import InputLimits, read_inputs


def records_of(path: Path, limits: InputLimits) -> Iterator[Record]:
    """Yield the records of a file, in its order; what is no record of ours is passed over.

    Raises:
        UnreadableInput: the file cannot be read, or not to its end.
    """
    for message in read_inputs([path], limits=limits):
        record = record_of(message)
        if record is not None:
            yield record


def record_of(message: InputMessage) -> Record | None:
    """Return the record in a line that `copydesk fold` wrote; None for any other input."""
    if message.header("content-type") != b"application/json":
        return None
    try:
        row = load_json(message.value or b"null")
    except UndecodableValue:
        return None
    if not isinstance(row, dict) or row.get("topic") not in set(Topic) or "value" not in row:
        return None
    return _record(row)


def event_id(record: Record) -> str | None:
    """Return the `ce_id` of a record, if it has one."""
    return stated_id(record.headers)


def _record(row: dict[str, Any]) -> Record:
    key = row.get("key")
    return Record(
        topic=Topic(row["topic"]),
        key=key.encode() if isinstance(key, str) else None,
        value=_value(row),
        headers=_headers(row.get("headers")),
    )


def _value(row: dict[str, Any]) -> bytes | None:
    value = row["value"]
    if value is None:
        return None
    if row.get("value_encoding") == "base64" and isinstance(value, str):
        try:
            return base64.b64decode(value)
        except binascii.Error:
            return value.encode()
    return orjson.dumps(value)


def _headers(stored: object) -> Headers:
    if not isinstance(stored, dict):
        return ()
    return tuple(
        (name, str(value).encode())
        for name, values in stored.items()
        for value in (values if isinstance(values, list) else [values])
    )
