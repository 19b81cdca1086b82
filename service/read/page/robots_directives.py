"""Lists of directives for robots, as in a robots meta element or an `X-Robots-Tag` header."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST = 2_000  # characters of a list that are read; real ones have under 200
MOST = 50  # directives of a list

_NAMED = re.compile(r"\s*+([\w*-]{1,60}+)\s*+:\s*+(.*)", re.S)
_WITH_VALUE = frozenset(
    {"max-snippet", "max-image-preview", "max-video-preview", "unavailable_after"}
)


@dataclass(frozen=True, slots=True)
class Directive:
    """One directive.

    Attributes:
        name: in lower case.
        value: as sent; None for a directive without one.
        agent: the crawler that it is addressed to, in lower case; None if to all.
    """

    name: str
    value: str | None = None
    agent: str | None = None


def read_directives(text: str) -> Iterator[Directive]:
    """Yield the directives of a comma-separated list, as in a meta element.

    The commas inside the time of `unavailable_after` do not end it.
    """
    for name, value in _split(text):
        yield Directive(name, value)


def read_header(text: str) -> Iterator[Directive]:
    """Yield the directives of an `X-Robots-Tag` header, which may be addressed to a crawler.

    Its name before a directive (`googlebot: noarchive, noai`) holds for that and for those after
    it.
    """
    agent: str | None = None
    for name, value in _split(text):
        while value is not None and name not in _WITH_VALUE and not value[:1].isdigit():
            agent = None if name == "*" else name
            inner = _NAMED.fullmatch(value)
            name, value = (inner[1], inner[2]) if inner else (value, None)
            name = name.strip().lower()
        if name:
            yield Directive(name, value, agent)


def _split(text: str) -> Iterator[tuple[str, str | None]]:
    parts = text[:LONGEST].split(",", MOST)[:MOST]
    parts.reverse()
    while parts:
        part = parts.pop()
        named = _NAMED.fullmatch(part)
        if named is None:
            if name := part.strip().lower():
                yield name, None
            continue
        value = named[2]
        while parts and "unavailable_after" in part.lower() and parts[-1].lstrip()[:1].isdigit():
            value += "," + parts.pop()
        yield named[1].lower(), value.strip()
