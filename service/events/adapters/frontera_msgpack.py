"""frontera's msgpack codec: an array that begins with a short name of the message's type.

`pc` is a crawled page: `[url, status_code, meta, headers, body]`; older versions leave headers out.
Strings are bytes or text depending on the versions of Python and msgpack that wrote them.
"""

import re
from typing import Any

import msgpack  # type: ignore[import-untyped]

from service.events.adapters.adapter import Adapter
from service.events.adapters.body_refs import BodyRefs
from service.events.adapters.envelope import Envelope
from service.events.adapters.frontera_message import crawled_page, other_message, undecodable
from service.events.raw_page import RawPage

# An array of two to four, then one of the types as a `str` or a `bin 8` of two to four bytes.
_SHAPE = re.compile(rb"[\x92-\x94](?:[\xa2-\xa4]|\xc4[\x02-\x04])(pc|le|re|as|us|njid|of|st)")
_PAGE_CRAWLED = b"pc"


def _recognises(envelope: Envelope) -> bool:
    return not envelope.names_its_url and _SHAPE.match(envelope.value) is not None


def _decode(envelope: Envelope, body_refs: BodyRefs) -> RawPage:
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
        # raw: text may be in any encoding, and one bad header must not cost the page.
        message = msgpack.unpackb(value, raw=True, strict_map_key=False)
    except Exception as error:  # The reader raises many kinds, and the bytes are anyone's.
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
    """HTTP headers have no encoding of their own; Latin-1 loses nothing (RFC 9110, 5.5)."""
    return value.decode("latin-1")


ADAPTER = Adapter(name="frontera_msgpack", recognises=_recognises, decode=_decode)
