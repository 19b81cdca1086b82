"""frontera's two codecs, JSON and msgpack: the types of message, and the page of one.

Older versions write a plain object: `{"type": "page_crawled", "r": {"url", "status_code", "meta",
"body": base64}, "links"}`. Newer versions write every value, at every level, as a pair of its type
and the value: `["dict", [[["other", "type"], ["other", "page_crawled"]]]]`. Neither form contains
HTTP headers.

`pc` is a crawled page: `[url, status_code, meta, headers, body]`; older versions omit the headers.
Strings are bytes or text, depending on the versions of Python and msgpack that wrote them.
"""

import re
from typing import Any

import msgpack

from service.contract.outcome import Failed, FailureReason, Rejected, RejectionReason
from service.contract.page import RawPage
from service.contract.serde import UndecodableValue, load_json
from service.read.envelopes.body_refs import BodyRefs
from service.read.envelopes.envelope import Adapter, Envelope
from service.read.envelopes.fields import (
    BadField,
    read_base64,
    read_status,
    read_url,
    time_from_millis,
)

PAGE_CRAWLED = "page_crawled"
OTHER_TYPES = frozenset(
    {
        "add_seeds",
        "links_extracted",
        "request_error",
        "update_score",
        "new_job_id",
        "offset",
        "stats",
    }
)


def other_message(kind: str) -> Rejected:
    """Return the outcome of every message other than `page_crawled`."""
    return Rejected(RejectionReason.OTHER_MESSAGE, f"a frontera message of type {kind}")


def undecodable(why: str) -> Failed:
    """Return the outcome of a `page_crawled` message that does not follow its codec's format."""
    return Failed(FailureReason.UNDECODABLE, f"frontera page_crawled: {why}")


def crawled_page(
    url: object,
    status: object,
    body: bytes | None,
    headers: tuple[tuple[str, str], ...],
    timestamp: int | None,
) -> RawPage:
    """Return the page of a `page_crawled` message.

    Args:
        timestamp: the Kafka record's timestamp in milliseconds, used as the time of the fetch.

    Raises:
        Failed: NO_URL, or UNDECODABLE for an invalid status.
        Rejected: NO_BODY, as for every page if frontera is not configured to send bodies.
    """
    checked = read_url(url)
    if not body:
        raise Rejected(
            RejectionReason.NO_BODY,
            "no body: is frontera set to store content?",
            checked,
            time_from_millis(timestamp),
        )
    try:
        return RawPage(
            url=checked,
            fetched_at=time_from_millis(timestamp),
            status=None if status is None else read_status(status),
            headers=headers,
            body=body,
        )
    except BadField as error:
        raise undecodable(str(error)) from error


_TAGGED = re.compile(rb'\s*\[\s*"dict"\s*,')
_DEEPEST = 100


def _recognises_json(envelope: Envelope) -> bool:
    if envelope.names_its_url:
        return False
    if _TAGGED.match(envelope.value):
        return True
    document = envelope.document
    if document is None or "url" in document:
        return False
    kind = document.get("type")
    return isinstance(kind, str) and (kind == PAGE_CRAWLED or kind in OTHER_TYPES)


def _decode_json(envelope: Envelope, body_refs: BodyRefs) -> RawPage:
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
        message = _untagged(load_json(value), _DEEPEST)
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


JSON_ADAPTER = Adapter(name="frontera_json", recognises=_recognises_json, decode=_decode_json)


# An array of two to four items; the first is a type as a `str` or `bin 8` of two to four bytes.
_SHAPE = re.compile(rb"[\x92-\x94](?:[\xa2-\xa4]|\xc4[\x02-\x04])(pc|le|re|as|us|njid|of|st)")
_PAGE_CRAWLED = b"pc"


def _recognises_msgpack(envelope: Envelope) -> bool:
    return not envelope.names_its_url and _SHAPE.match(envelope.value) is not None


def _decode_msgpack(envelope: Envelope, body_refs: BodyRefs) -> RawPage:
    shape = _SHAPE.match(envelope.value)
    kind = shape.group(1) if shape else b"unknown"
    if kind != _PAGE_CRAWLED:
        raise other_message(kind.decode())
    response = _response(envelope.value)
    return crawled_page(
        url=_text(response[0]),
        status=response[1],
        body=_body(response[-1]),
        headers=_headers(response[3]) if len(response) > 4 else (),
        timestamp=envelope.message.timestamp,
    )


def _response(value: bytes) -> list[Any]:
    try:
        # raw: text may be in any encoding, and one bad header must not make the page fail.
        message = msgpack.unpackb(value, raw=True, strict_map_key=False)
    except Exception as error:  # msgpack raises many types; the bytes are untrusted.
        raise undecodable(f"not msgpack: {type(error).__name__}: {error}") from error
    response = message[1]
    if not isinstance(response, list) or len(response) not in (4, 5):
        raise undecodable("the response is no array of 4 or 5")
    return response


def _body(value: object) -> bytes | None:
    if value is None or isinstance(value, bytes):
        return value
    raise undecodable(f"body: bytes were expected, not {type(value).__name__}")


def _headers(value: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, dict):
        return ()
    return tuple(
        (_latin(name).lower(), _latin(one))
        for name, given in value.items()
        for one in (given if isinstance(given, list) else [given])
        if isinstance(name, bytes) and isinstance(one, bytes)
    )


def _text(value: object) -> str | None:
    try:
        return value.decode() if isinstance(value, bytes) else None
    except UnicodeDecodeError as error:
        raise undecodable("the URL is not UTF-8") from error


def _latin(value: bytes) -> str:
    """Decode as Latin-1, which loses no byte: headers have no defined encoding (RFC 9110, 5.5)."""
    return value.decode("latin-1")


MSGPACK_ADAPTER = Adapter(
    name="frontera_msgpack", recognises=_recognises_msgpack, decode=_decode_msgpack
)
