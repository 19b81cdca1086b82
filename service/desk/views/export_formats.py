"""A page of a list as JSON, CSV (RFC 4180) or an Atom feed (RFC 4287)."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from lxml import etree

ATOM = "http://www.w3.org/2005/Atom"
NEVER = "1970-01-01T00:00:00Z"
"""Time of a feed without entries: a feed must have one."""

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Entry:
    """What an Atom feed says of a row.

    Attributes:
        id: a URI; of an item that changed, the same as before.
        updated: RFC 3339.
        link: path on the desk.
    """

    id: str
    title: str
    updated: str
    link: str
    summary: str
    author: str


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list.

    Attributes:
        title: of the feed.
        columns: names in the order of the CSV; every row has these.
        rows: an item each: texts, numbers, None, and flat mappings of these.
        entries: of the same items.
        total: number of items on all pages.
        at_least: whether there may be more items than `total`.
        links: URLs by relation: `self`, `alternate`, `next`, `prev`.
    """

    title: str
    columns: Sequence[str]
    rows: Sequence[Mapping[str, Any]]
    entries: Sequence[Entry]
    total: int
    page: int
    pages: int
    links: Mapping[str, str]
    at_least: bool = False


def as_json(listing: Listing) -> bytes:
    """The page as one JSON object; `next` and `prev` are absent where there is no such page."""
    value = {
        "total": listing.total,
        "at_least": listing.at_least,
        "page": listing.page,
        "pages": listing.pages,
        **{name: listing.links[name] for name in ("next", "prev") if name in listing.links},
        "items": listing.rows,
    }
    return orjson.dumps(value, option=orjson.OPT_INDENT_2)


def as_csv(listing: Listing) -> bytes:
    """The page as CSV with a head: UTF-8, a mapping as `name=value` separated by spaces.

    A text that a spreadsheet would take for a formula has an apostrophe before it.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(listing.columns)
    for row in listing.rows:
        writer.writerow([_cell(row[name]) for name in listing.columns])
    return out.getvalue().encode("utf-8", "replace")


def as_atom(listing: Listing, origin: str) -> bytes:
    """The page as a feed, in the order of the list.

    Args:
        origin: scheme, host and port of the desk, which the links begin with.
    """
    feed = etree.Element(f"{{{ATOM}}}feed", nsmap=_NAMES)  # type: ignore[arg-type]
    _add(feed, "id", origin + listing.links["self"])
    _add(feed, "title", listing.title)
    times = [entry.updated for entry in listing.entries]
    _add(feed, "updated", max(times, default=NEVER))
    for relation, path in listing.links.items():
        kind = "text/html" if relation == "alternate" else "application/atom+xml"
        etree.SubElement(
            feed, f"{{{ATOM}}}link", rel=_RELATIONS[relation], type=kind, href=_xml(origin + path)
        )
    for entry in listing.entries:
        node = etree.SubElement(feed, f"{{{ATOM}}}entry")
        _add(node, "id", entry.id)
        _add(node, "title", entry.title)
        _add(node, "updated", entry.updated)
        _add(etree.SubElement(node, f"{{{ATOM}}}author"), "name", entry.author or "unknown")
        etree.SubElement(node, f"{{{ATOM}}}link", href=_xml(origin + entry.link))
        _add(node, "summary", entry.summary)
    return bytes(etree.tostring(feed, encoding="utf-8", xml_declaration=True))


_NAMES: dict[str | None, str] = {None: ATOM}
_RELATIONS: Mapping[str, str] = {
    "self": "self",
    "alternate": "alternate",
    "next": "next",
    "prev": "previous",
}
"""Relations as feeds name them (RFC 5005)."""


def _add(parent: Any, name: str, text: str) -> None:
    etree.SubElement(parent, f"{{{ATOM}}}{name}").text = _xml(text)


def _xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return " ".join(f"{name}={_cell(each)}" for name, each in value.items())
    if isinstance(value, list | tuple):
        return " ".join(map(_cell, value))
    if not isinstance(value, str):
        return str(value)
    return f"'{value}" if value.startswith(_FORMULA) else value
