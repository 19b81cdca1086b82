"""Records that `copydesk fold` wrote as lines of JSON, read back."""

import base64
import binascii
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from service.contract.record import Headers, Record, Topic
from service.contract.serde import UndecodableValue, load_json
from service.local.read_files import InputLimits, read_inputs


def records_of(path: Path, limits: InputLimits) -> Iterator[Record]:
    """Yield the records of a file, in its order; what is no record of ours is passed over.

    Raises:
        UnreadableInput: the file cannot be read, or not to its end.
    """
    for message in read_inputs([path], limits=limits):
        try:
            row = load_json(message.value or b"null")
        except UndecodableValue:
            continue
        if isinstance(row, dict) and row.get("topic") in set(Topic) and "value" in row:
            yield _record(row)


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
