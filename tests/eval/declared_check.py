"""Whether a value that READ sends stands on the page where it says: read from the HTML with means
of its own, not READ's."""

import json
import re
from collections.abc import Iterator
from functools import cached_property
from html import unescape
from typing import Any
from urllib.parse import unquote, urlsplit

import lxml.html

SCRIPT = re.compile(r"<script[^>]*ld\+json[^>]*>(.*?)</script>", re.S | re.I)
WORD = re.compile(r"\w+")
AUTHORS = re.compile(r"author|creator|byl")
BREADCRUMB = "name"


def words_of(text: str) -> str:
    """The words of a text in lower case."""
    return " ".join(WORD.findall(unescape(unescape(text)).replace("\xad", "").casefold()))


def strings_of(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Yield each text in a JSON value with the name of the property that holds it."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from strings_of(inner, name)
            if key:
                yield from ((key, text) for _, text in strings_of(inner, name))
    elif isinstance(value, list):
        for inner in value:
            yield from strings_of(inner, key)
    elif isinstance(value, str):
        yield key, value


class Source:
    """One page as its HTML has it."""

    def __init__(self, html: str) -> None:
        self._html = html

    @cached_property
    def _tree(self) -> Any:
        return lxml.html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*>", "", self._html) or "<p>")

    @cached_property
    def _data(self) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        for block in SCRIPT.findall(self._html):
            try:
                found += strings_of(json.loads(block, strict=False))
            except ValueError:
                found.append(("", block))
        return found

    @cached_property
    def _metas(self) -> list[tuple[str, str]]:
        return [
            ((meta.get(attribute) or "").lower(), meta.get("content") or "")
            for meta in self._tree.iter("meta")
            for attribute in ("name", "property", "itemprop")
            if meta.get(attribute)
        ]

    @cached_property
    def _visible(self) -> str:
        return words_of(" ".join(map(str, self._tree.itertext())))

    @cached_property
    def _addresses(self) -> str:
        return unquote(unescape(self._html).replace("\\/", "/"))

    def has(self, place: str, value: str) -> bool:
        """Whether a value stands at a place, or, of a place in the text, anywhere in the text."""
        wanted = f" {words_of(value)} "
        return any(wanted in f" {words_of(text)} " for text in self._texts_at(place))

    def _texts_at(self, place: str) -> Iterator[str]:
        kind, _, name = place.partition(".")
        if kind == "jsonld":
            key = BREADCRUMB if name == "breadcrumb" else name
            yield from (text for held, text in self._data if held in (key, "") or name == "author")
            yield from (text for held, text in self._data if name == "publisher" and text)
        elif place == "meta.author":
            yield from (text for held, text in self._metas if AUTHORS.search(held))
            yield from (text for held, text in self._metas if held.startswith("twitter:"))
        elif kind == "meta":
            yield from (text for held, text in self._metas if held == name)
            yield from (f"{held}={text}" for held, text in self._metas if held == name)
        else:
            yield self._visible
            yield from (text for _, text in self._metas if kind == "microdata")

    def links(self, address: str) -> bool:
        """Whether an address, or its path, stands in the page."""
        parts = urlsplit(unquote(address))
        return address in self._addresses or (parts.path.rstrip("/") or "\0") in self._addresses

    def declares(self, *names: str) -> bool:
        """Whether structured data or a meta element has a property with one of these names."""
        held = {name for name, text in (*self._data, *self._metas) if text.strip()}
        return not held.isdisjoint(names)
