"""Hints of the crawler, from the two native forms. What is malformed is dropped and noted: a hint
never makes a page fail."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from service.contract.hints import GIVEN, HINT_PREFIX, Hints
from service.contract.outcome import Failed
from service.read.envelopes.fields import CONTROL, read_url

LONGEST_TEXT = 1_000  # characters
LONGEST_ADDRESS = 2_000  # characters
MOST_ITEMS = 30
MOST_DROPPED = 20

_LISTS = ("sitemap_keywords", "redirects", "robots", "tdmrep")
_ADDRESSES = ("referrer", "redirects")
_USER_INFO = re.compile(r"[a-z]+://[^/?#]*@", re.I)


def read_hints(value: object) -> Hints | None:
    """Return the hints in the property `hints` of the JSON form; None if there is none.

    A list may be given as one string, keywords parted by commas; the words of the site's files may
    be an object, as `tdmrep.json` has them.
    """
    if value is None:
        return None
    if not isinstance(value, Mapping):
        return Hints(dropped=(f"hints: an object was expected, not {type(value).__name__}",))
    found: dict[str, Any] = {}
    dropped: list[str] = []
    for name, given in value.items():
        if name not in GIVEN:
            dropped.append(f"{_shown(name)}: no such hint")
        elif given is not None:
            _take(name, given, found, dropped)
    return _made(found, dropped)


def hints_of_headers(headers: Iterator[tuple[str, str]]) -> Hints | None:
    """Return the hints in Kafka headers `hint-*`; None if there is none.

    Args:
        headers: names in lower case. One that is repeated is a list.
    """
    found: dict[str, Any] = {}
    dropped: list[str] = []
    lists: dict[str, list[str]] = {}
    for header, value in headers:
        name = header.removeprefix(HINT_PREFIX).replace("-", "_")
        if name not in GIVEN:
            dropped.append(f"{_shown(header)}: no such hint")
        elif name in _LISTS:
            lists.setdefault(name, []).append(value)
        elif name in found:
            dropped.append(f"{header}: repeated")
        else:
            _take(name, value, found, dropped)
    for name, values in lists.items():
        _take(name, values, found, dropped)
    return _made(found, dropped)


def is_hint(header: str) -> bool:
    """Whether a Kafka header, in lower case, carries a hint."""
    return header.startswith(HINT_PREFIX)


def _made(found: dict[str, Any], dropped: list[str]) -> Hints | None:
    if not found and not dropped:
        return None
    return Hints(**found, dropped=tuple(dropped[:MOST_DROPPED]))


def _take(name: str, given: object, found: dict[str, Any], dropped: list[str]) -> None:
    try:
        if name in _LISTS:
            if items := tuple(_items(name, given, dropped)):
                found[name] = items
        elif text := _text(name, given):
            found[name] = text
    except ValueError as error:
        dropped.append(f"{name}: {error}")


def _items(name: str, given: object, dropped: list[str]) -> Iterator[str]:
    if isinstance(given, Mapping):
        given = [f"{key}: {value}" for key, value in given.items() if key != "location"]
    values = given if isinstance(given, list) else [given]
    if name == "sitemap_keywords":
        values = [
            part
            for value in values
            for part in (value.split(",") if isinstance(value, str) else [value])
        ]
    for value in values[:MOST_ITEMS]:
        try:
            if text := _text(name, value):
                yield text
        except ValueError as error:
            dropped.append(f"{name}: {error}")
    if len(values) > MOST_ITEMS:
        dropped.append(f"{name}: {len(values)} values, over {MOST_ITEMS}")


def _text(name: str, value: object) -> str:
    """One value on one line; empty if it has no text.

    Raises:
        ValueError: it is no text, too long, or no address where one is expected.
    """
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ValueError(f"a string was expected, not {type(value).__name__}")
    text = str(value)
    most = LONGEST_ADDRESS if name in _ADDRESSES else LONGEST_TEXT
    if len(text) > most:
        raise ValueError(f"{len(text):,} characters, over {most:,}")
    if name not in _ADDRESSES:
        return " ".join(CONTROL.sub(" ", text).split())
    if _USER_INFO.match(text):
        raise ValueError("user info in the address")
    try:
        return read_url(text) if text.strip() else ""
    except Failed as error:
        raise ValueError(error.detail) from error


def _shown(name: object) -> str:
    return CONTROL.sub(" ", str(name)[:40])
