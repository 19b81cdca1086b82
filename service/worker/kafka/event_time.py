"""Event time of a raw record, found without decoding its page: the time of fetch that its crawler
claims, else the time at which the record was written.

READ itself decodes the claim with the page (`read/envelopes`). Alignment needs it before, for every
record, and only to choose an order, so a few places are looked at: the header `fetched-at`, which
`copydesk feed` writes; the `WARC-Date` of a WARC record; `fetched_at` (or `timestamp`, which
scrapy-cluster writes) near either end of a JSON object. Claims are of the crawler; a page's own
text is never looked at.
"""

import re
from collections.abc import Sequence

from service.read.envelopes.fields import BadField, read_time

_HEADER = "fetched-at"
_URL = "url"
_LOOKED_AT = 4096
"""Bytes of a value that are searched at its beginning, and at its end."""

_WARC_DATE = re.compile(rb"\nWARC-Date:[ \t]*([0-9T:.Z+-]{20,40})", re.IGNORECASE)
_JSON_TIME = re.compile(
    rb'(?<!\\)"(?:fetched_at|timestamp)"[ \t\r\n]{0,8}:[ \t\r\n]{0,8}"([0-9T:.Zz +-]{19,40})"'
)


def event_time(
    headers: Sequence[tuple[str, bytes | None]], value: bytes | None, timestamp: int | None
) -> int | None:
    """Return the event time in milliseconds since the epoch; None if the record has none.

    Args:
        timestamp: of the record, in milliseconds; negative or None if the broker has none.
    """
    claim = _claim(headers, value or b"")
    if claim is not None and (millis := _millis(claim)) is not None:
        return millis
    return timestamp if timestamp is not None and timestamp >= 0 else None


def _claim(headers: Sequence[tuple[str, bytes | None]], value: bytes) -> bytes | None:
    names_its_url = False
    for name, text in headers:
        if name == _HEADER:
            return text
        names_its_url = names_its_url or name == _URL
    if names_its_url:
        return None  # the value is the page's own bytes
    if value.startswith(b"WARC/"):
        found = _WARC_DATE.search(value, 0, _LOOKED_AT)
    elif value[:64].lstrip().startswith(b"{"):
        found = _JSON_TIME.search(value, 0, _LOOKED_AT) or _JSON_TIME.search(value[-_LOOKED_AT:])
    else:
        return None
    return found.group(1) if found else None


def _millis(claim: bytes) -> int | None:
    text = claim.decode("latin-1")
    has_offset = text.endswith(("Z", "z")) or text[-6:-5] in ("+", "-")
    try:
        return round(read_time(text if has_offset else f"{text}Z").timestamp() * 1000)
    except (BadField, OverflowError):
        return None
