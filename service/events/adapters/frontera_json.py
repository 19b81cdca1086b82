"""frontera's JSON codec, in both its forms.

In older versions a message is a plain object: `{"type": "page_crawled", "r": {"url",
"status_code", "meta", "body": base64}, "links"}`. In newer ones every value is a pair of its type
and itself, from the outermost in: `["dict", [[["other", "type"], ["other", "page_crawled"]]]]`.
Neither carries headers.
"""

import re
from typing import Any

from service.events.adapters.adapter import Adapter
from service.events.adapters.body_refs import BodyRefs
from service.events.adapters.envelope import Envelope
from service.events.adapters.fields import BadField, read_base64
from service.events.adapters.frontera_message import (
    OTHER_TYPES,
    PAGE_CRAWLED,
    crawled_page,
    other_message,
    undecodable,
)
from service.events.raw_page import RawPage
from service.events.serde import UndecodableValue, load_json

_TAGGED = re.compile(rb'\s*\[\s*"dict"\s*,')
DEEPEST = 100


def _recognises(envelope: Envelope) -> bool:
    if envelope.names_its_url:
        return False
    if _TAGGED.match(envelope.value):
        return True
    document = envelope.document
    if document is None or "url" in document:
        return False
    kind = document.get("type")
    return isinstance(kind, str) and (kind == PAGE_CRAWLED or kind in OTHER_TYPES)


def _decode(envelope: Envelope, body_refs: BodyRefs) -> RawPage:
    message = envelope.document or _untagged_message(envelope.value)
    kind = message.get("type")
    if kind != PAGE_CRAWLED:
        raise other_message(str(kind)[:40])
    response = message.get("r")
    if not isinstance(response, dict):
        raise undecodable("no response")
    body = response.get("body")
    try:
        return crawled_page(
            url=response.get("url"),
            status=response.get("status_code"),
            body=None if body is None else read_base64(body),
            headers=(),
            timestamp=envelope.message.timestamp,
        )
    except BadField as error:
        raise undecodable(f"body: {error}") from error


def _untagged_message(value: bytes) -> dict[Any, Any]:
    try:
        message = _untagged(load_json(value), DEEPEST)
    except UndecodableValue as error:
        raise undecodable(str(error)) from error
    except (TypeError, ValueError) as error:
        raise undecodable("a value is not a pair of its type and itself") from error
    if not isinstance(message, dict):
        raise undecodable("not an object")
    return message


def _untagged(pair: Any, depth: int) -> Any:
    if depth == 0:
        raise ValueError("nested too deeply")
    tag, value = pair
    if tag == "dict":
        return {_untagged(name, depth - 1): _untagged(one, depth - 1) for name, one in value}
    if tag in ("list", "tuple"):
        return tuple(_untagged(one, depth - 1) for one in value)
    return value


ADAPTER = Adapter(name="frontera_json", recognises=_recognises, decode=_decode)
