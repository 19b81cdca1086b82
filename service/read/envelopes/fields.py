"""Parsers for the fields that all input forms share, from untrusted values: URL, time, status,
HTTP headers, base64."""

import binascii
import re
from base64 import b64decode
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from service.contract.outcome import Failed, FailureReason

LONGEST_URL = 8192
URL_SCHEMES = ("http", "https", "file")

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_RFC_3339 = re.compile(
    r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)", re.ASCII
)
_STATUS = re.compile(r"[1-9]\d\d", re.ASCII)
_BASE64 = re.compile(r"[A-Za-z0-9+/]+={0,2}")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class BadField(ValueError):
    """A field has an invalid value. The message says what was expected."""


def read_url(value: object) -> str:
    """Return a valid URL: http or https with a host, or file.

    Raises:
        Failed: NO_URL, with the reason.
    """
    if not isinstance(value, str):
        raise _no_url("missing" if value is None else "not a string")
    url = value.strip(" ")
    if not url:
        raise _no_url("empty")
    if len(url.encode("utf-8", "replace")) > LONGEST_URL:
        raise _no_url(f"longer than {LONGEST_URL} bytes")
    if CONTROL.search(url):
        raise _no_url("has control characters")
    try:
        parts = urlsplit(url)
        host = parts.hostname
        _ = parts.port
    except ValueError as error:
        raise _no_url(f"malformed: {error}") from error
    if parts.scheme not in URL_SCHEMES:
        raise _no_url(f"scheme {parts.scheme[:20]!r} is none of {', '.join(URL_SCHEMES)}")
    if parts.scheme != "file" and not host:
        raise _no_url("has no host")
    return url


def read_time(value: str) -> datetime:
    """Parse an RFC 3339 time and return it in UTC.

    Raises:
        BadField: not RFC 3339, without an offset, or a date or time that does not exist.
    """
    if not _RFC_3339.fullmatch(value):
        raise BadField(f"an RFC 3339 time with an offset was expected, not {value[:40]!r}")
    try:
        return datetime.fromisoformat(value.upper()).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadField(f"no such time: {value[:40]!r}") from error


def time_from_millis(millis: int | None) -> datetime | None:
    """Convert milliseconds since the epoch to a time; None if absent (Kafka writes -1)."""
    if millis is None or millis < 0:
        return None
    try:
        return _EPOCH + timedelta(milliseconds=millis)
    except OverflowError:
        return None


def read_status(value: object) -> int:
    """Return an HTTP status, 100 to 999 (some sites use non-standard codes above 599).

    Raises:
        BadField: anything else.
    """
    if isinstance(value, int | str) and _STATUS.fullmatch(str(value).strip(" ")):
        return int(value)
    raise BadField(f"an HTTP status was expected, not {str(value)[:40]!r}")


def read_http_headers(value: object) -> tuple[tuple[str, str], ...]:
    """Return HTTP headers, with names in lower case.

    Args:
        value: an object that maps names to strings or lists of strings; None for no headers.

    Raises:
        BadField: the value has another form.
    """
    if value is None:
        return ()
    if not isinstance(value, Mapping):
        raise BadField("an object of HTTP headers was expected")
    headers: list[tuple[str, str]] = []
    for name, given in value.items():
        values = given if isinstance(given, list) else [given]
        headers.extend(
            (str(name).lower(), _header_value(name, one)) for one in values if one is not None
        )
    return tuple(headers)


def _header_value(name: object, value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int | float):
        return str(value)
    raise BadField(f"header {str(name)[:40]!r}: a string was expected, not {type(value).__name__}")


def read_base64(value: object) -> bytes:
    """Decode base64 (RFC 4648, section 4); white space in it is ignored.

    Raises:
        BadField: not base64.
    """
    if not isinstance(value, str):
        raise BadField(f"base64 was expected, not {type(value).__name__}")
    try:
        return b64decode("".join(value.split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadField(f"not base64: {error}") from error


def read_base64_or_text(value: object) -> bytes | str:
    """Return the body of a crawler that writes base64 or text, depending on its settings.

    Markup is never mistaken for base64: it contains `<` and spaces.

    Raises:
        BadField: not a string.
    """
    if not isinstance(value, str):
        raise BadField(f"a string was expected, not {type(value).__name__}")
    if len(value) % 4 == 0 and _BASE64.fullmatch(value):
        return b64decode(value)
    return value


def _no_url(why: str) -> Failed:
    return Failed(FailureReason.NO_URL, f"url: {why}")
