"""A record as one line for people."""

from typing import Any

from service.contract.notification import SUBSCRIPTION
from service.contract.outcome import ERROR_PREFIX, REASON
from service.contract.record import Record, Topic
from service.contract.serde import UndecodableValue, load_json
from service.contract.translations import is_translations
from service.text.printable import one_line


def describe(record: Record) -> str:
    """Summarise a record in one line that is safe to print."""
    headers = {name: raw.decode("utf-8", "replace") for name, raw in record.headers}
    try:
        return one_line(_summary(record, headers))
    except (KeyError, IndexError, TypeError, ValueError, AttributeError):
        # Another program wrote it: its JSON is not of this topic's form.
        return one_line(_size(record))


def _summary(record: Record, headers: dict[str, str]) -> str:
    if record.topic is Topic.FAILED:
        return (
            f"{headers.get('copydesk-reason', '?'):18} {headers.get(ERROR_PREFIX + 'stage', '?')}"
            f"  {_key(record)}  {headers.get(ERROR_PREFIX + 'exception.message', '')}"
        )
    if record.topic is Topic.NOTIFICATIONS_FAILED:
        message = headers.get(ERROR_PREFIX + "exception.message", "")
        return (
            f"{headers.get(REASON, '?'):9} {headers.get(SUBSCRIPTION, '?')}"
            f"  {headers.get('ce_subject', '?')}  {message}"
        )
    try:
        value = load_json(record.value or b"null")
    except UndecodableValue:
        value = None
    if not isinstance(value, dict):
        return _size(record)
    if record.topic is Topic.ARTICLES:
        return _article(headers, value)
    if is_translations(record):
        return _translations(value)
    if record.topic is Topic.STORIES:
        return (
            f"{value['status']:9} {value.get('agency') or '-':12} {value['copies']:4} copies on"
            f" {value['host_count']} hosts  {value['headline']}"
        )
    if record.topic is Topic.REJECTED:
        return f"{value['reason']:18} {value.get('url')}  {value['detail']}"
    return _size(record)


def _article(headers: dict[str, str], value: dict[str, Any]) -> str:
    block = value["copydesk"]
    kind = headers.get("ce_type", "").rpartition(".")[2]
    agency = block["wire"].get("agency") or "-"
    return (
        f"{kind:9} {block['story']['relation']:10} {agency:12} {block['page']['host']}"
        f"  {value['headlines'][0]['value']}"
    )


def _translations(value: dict[str, Any]) -> str:
    others = value["translations"]
    named = "  ".join(
        f"{each['language']} {each['score']:.2f} {each['headline']}" for each in others
    )
    agency = value.get("agency") or "-"
    of = value.get("translation_of")
    why = f" of {of} ({value.get('why', '?')})" if of else ""
    return f"{'translated':9} {agency:12} {len(others):4} in other languages{why}  {named}"


def _key(record: Record) -> str:
    return (record.key or b"-").decode("utf-8", "replace")


def _size(record: Record) -> str:
    return f"{_key(record)}  {len(record.value or b'')} bytes"
