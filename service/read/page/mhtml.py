"""MHTML (RFC 2557): a page saved by a browser with its pictures, as one e-mail message.

Recognised by its first bytes, whatever it is called: crawlers save it under names of HTML too.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from email.utils import parsedate_to_datetime

HEAD = 4096
FIRST_FIELD = re.compile(
    rb"\s*(?:from|subject|date|mime-version|content-type|snapshot-content-location|x-[a-z-]+):",
    re.I,
)
HTML_TYPES = ("text/html", "application/xhtml+xml")


@dataclass(frozen=True, slots=True)
class SavedPage:
    """The document of a saved page.

    Attributes:
        body: its bytes, without the transfer encoding.
        content_type: as its part declares it, with the charset.
        url: address that it was saved from, if the message names it.
        saved_at: when it was saved, in UTC, if the message says so.
    """

    body: bytes
    content_type: str
    url: str | None
    saved_at: datetime | None


def is_mhtml(body: bytes) -> bool:
    """Whether bytes begin like an MHTML message: with header fields that declare related parts."""
    if FIRST_FIELD.match(body[:HEAD]) is None:
        return False
    head = body[:HEAD].lower()
    return b"mime-version:" in head and b"multipart/related" in head


def read_mhtml(body: bytes) -> SavedPage | None:
    """Return the document of a message; None if no part of it is HTML."""
    message = BytesParser(policy=compat32).parsebytes(body)
    parts = [part for part in message.walk() if part.get_content_type() in HTML_TYPES]
    start = str(message.get_param("start") or "")
    root = next((part for part in parts if start and part.get("Content-ID") == start), None)
    if root is None:
        if not parts:
            return None
        root = parts[0]
    payload = root.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return None
    return SavedPage(
        body=payload,
        content_type=str(root.get("Content-Type") or "text/html"),
        url=_address(message, root),
        saved_at=_saved_at(message),
    )


def _address(message: Message, root: Message) -> str | None:
    for value in (message.get("Snapshot-Content-Location"), root.get("Content-Location")):
        url = "".join(str(value or "").split())  # long addresses are folded
        if url.startswith(("http://", "https://")):
            return url
    return None


def _saved_at(message: Message) -> datetime | None:
    try:
        saved = parsedate_to_datetime(str(message.get("Date") or ""))
        return saved.replace(tzinfo=UTC) if saved.tzinfo is None else saved.astimezone(UTC)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
