"""A record as one line for a person."""

from typing import Any

from service.events.failure import ERROR_PREFIX
from service.events.record import Record
from service.events.serde import UndecodableValue, load_json
from service.events.topics import Topic


def describe(record: Record) -> str:
    """What the record says, in a line; control characters are made visible."""
    headers = {name: raw.decode("utf-8", "replace") for name, raw in record.headers}
    if record.topic is Topic.FAILED:
        line = (
            f"{headers.get('copydesk-reason', '?'):18} {headers.get(ERROR_PREFIX + 'stage', '?')}"
            f"  {_key(record)}  {headers.get(ERROR_PREFIX + 'exception.message', '')}"
        )
        return printable(line)
    try:
        value = load_json(record.value or b"null")
    except UndecodableValue:
        value = None
    if not isinstance(value, dict):
        return printable(f"{_key(record)}  {len(record.value or b'')} bytes")
    if record.topic is Topic.ARTICLES:
        return printable(_article(headers, value))
    if record.topic is Topic.STORIES:
        return printable(
            f"{value['status']:9} {value.get('agency') or '-':12} {value['copies']:4} copies on"
            f" {value['host_count']} hosts  {value['headline']}"
        )
    if record.topic is Topic.REJECTED:
        return printable(f"{value['reason']:18} {value.get('url')}  {value['detail']}")
    return printable(f"{_key(record)}  {len(record.value or b'')} bytes")


def _article(headers: dict[str, str], value: dict[str, Any]) -> str:
    block = value["copydesk"]
    kind = headers.get("ce_type", "").rpartition(".")[2]
    agency = block["wire"].get("agency") or "-"
    return (
        f"{kind:9} {block['story']['relation']:10} {agency:12} {block['page']['host']}"
        f"  {value['headlines'][0]['value']}"
    )


def _key(record: Record) -> str:
    return (record.key or b"-").decode("utf-8", "replace")


def printable(line: str) -> str:
    """A line that cannot command a terminal."""
    return "".join(c if c.isprintable() else " " for c in line)
