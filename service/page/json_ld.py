"""JSON-LD blocks to nodes, however carelessly they were written."""

import json
import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

import orjson

Node = dict[str, Any]

WRAPPING = re.compile(
    r"^\s*(?:<!--|//<!\[CDATA\[|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\]\]>|\]\]>|/\*\s*\]\]>\s*\*/)\s*;?\s*$"
)
TRAILING_COMMA = re.compile(r",(\s*[}\]])")
MISSING_COMMA = re.compile(r"([}\]\"])(\s*\n\s*)(\")")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
LONE_SURROGATE = re.compile(
    r"(?<!\\)((?:\\\\)*)(?:(\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})"
    r"|\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
)
BAD_ESCAPE = re.compile(r"\\(?![\"\\/bfnrtu])")
DEEPEST = 12  # levels of nesting followed; real ones need four
MOST_NODES = 2_000


def read_blocks(blocks: Iterable[str], limit: int) -> list[Node]:
    """Every object of every block that can be read, outer ones first.

    Arrays and `@graph` are opened. A block that stays unreadable after mending, or is longer
    than `limit` characters, is skipped.
    """
    nodes: list[Node] = []
    for block in blocks:
        if len(block) <= limit:
            nodes.extend(walk(read_block(block)))
    return nodes[:MOST_NODES]


def read_block(block: str) -> Any:
    """One block's value, mended step by step; None where nothing helps."""
    for mend in (str, mend_text):
        try:
            return orjson.loads(mend(block))
        except (ValueError, RecursionError):
            continue
    try:
        # Reads the first value and leaves what follows it, such as a second value or a
        # semicolon; takes raw line breaks inside strings.
        return json.JSONDecoder(strict=False).raw_decode(mend_text(block))[0]
    except (ValueError, RecursionError):
        return None


def mend_text(block: str) -> str:
    """The block without what browsers forgive: comments around it, control characters, commas
    before a closing bracket, missing ones at a line's end, stray backslashes, halves of characters
    that a cut left behind, a byte order mark."""
    text = WRAPPING.sub("", WRAPPING.sub("", block.strip("\ufeff \t\r\n;")))
    if text.startswith(("{&quot;", "[{&quot;", "{ &quot;")):
        text = unescape(text)
    text = MISSING_COMMA.sub(add_comma, text)
    text = LONE_SURROGATE.sub(replace_lone, text)
    text = BAD_ESCAPE.sub(r"\\\\", CONTROL.sub(" ", text))
    return TRAILING_COMMA.sub(r"\1", text).strip()


def add_comma(match: re.Match[str]) -> str:
    """A comma between a value that ends a line and the name that begins the next."""
    return f"{match.group(1)},{match.group(2)}{match.group(3)}"


def walk(value: Any, depth: int = 0) -> Iterator[Node]:
    """The objects at the top: those in arrays, in `@graph`, and what a page is about."""
    if depth > DEEPEST:
        return
    if isinstance(value, list):
        for item in value:
            yield from walk(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "hasPart"):
            inner = value.get(name)
            if isinstance(inner, (list, dict)) and name != "itemListElement":
                yield from walk(inner, depth + 1)


def types_of(node: Node) -> set[str]:
    """The node's types without their namespace, in lower case."""
    given = node.get("@type") or node.get("type")
    names = given if isinstance(given, list) else [given]
    return {
        name.rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower()
        for name in names
        if isinstance(name, str)
    }


def replace_lone(found: re.Match[str]) -> str:
    """Half an escaped character becomes U+FFFD, a whole one stays."""
    return found[0] if found[2] else found[1] + "\\ufffd"
