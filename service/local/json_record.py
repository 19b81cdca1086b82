"""A record as one line of JSON: topic, key, headers, value."""

import base64
from typing import Any

import orjson

from service.contract.record import Record
from service.text.printable import escaped_json


def json_line(record: Record) -> bytes:
    """Return the line, with a newline, and with unsafe characters escaped (see `escaped_json`).

    A value that is not JSON (a dead letter has its input unchanged) is written in base64, with
    `"value_encoding": "base64"` in addition. The values of a repeated header are a list.
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
    return escaped_json(orjson.dumps(row)) + b"\n"


def _headers(record: Record) -> dict[str, str | list[str]]:
    headers: dict[str, str | list[str]] = {}
    for raw_name, raw in record.headers:
        name = raw_name.encode("utf-8", "replace").decode()  # orjson refuses lone surrogates
        value = _text(raw) or ""
        earlier = headers.get(name)
        if earlier is None:
            headers[name] = value
        elif isinstance(earlier, list):
            earlier.append(value)
        else:
            headers[name] = [earlier, value]
    return headers


def _text(raw: bytes | None) -> str | None:
    return None if raw is None else raw.decode("utf-8", "replace")
