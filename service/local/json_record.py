"""A record as one line of JSON: topic, key, headers, value."""

import base64
from typing import Any

import orjson

from service.events.record import Record


def json_line(record: Record) -> bytes:
    """The line, with its end.

    A value that is not JSON (a dead letter keeps its input as it came) is written in base64, with
    `"value_encoding": "base64"` beside it. Where a header repeats, its values are a list.
    """
    row: dict[str, Any] = {
        "topic": record.topic.value,
        "key": _text(record.key),
        "headers": _headers(record),
    }
    if record.value is None:
        row["value"] = None
    else:
        try:
            orjson.loads(record.value)
            row["value"] = orjson.Fragment(record.value)
        except orjson.JSONDecodeError:
            row["value"] = base64.b64encode(record.value).decode()
            row["value_encoding"] = "base64"
    return orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE)


def _headers(record: Record) -> dict[str, str | list[str]]:
    headers: dict[str, str | list[str]] = {}
    for name, raw in record.headers:
        value = _text(raw) or ""
        held = headers.get(name)
        if held is None:
            headers[name] = value
        elif isinstance(held, list):
            held.append(value)
        else:
            headers[name] = [held, value]
    return headers


def _text(raw: bytes | None) -> str | None:
    return None if raw is None else raw.decode("utf-8", "replace")
