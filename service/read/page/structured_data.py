"""Structured data: JSON-LD blocks read with tolerance, and the article as they describe it."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

import orjson

from service.read.page.paragraph import normalise_words, squeeze

Node = dict[str, Any]

WRAPPING = re.compile(
    r"^\s*+(?:<!--|//<!\[CDATA\[|<!\[CDATA\[|/\*\s*+<!\[CDATA\[\s*+\*/)"
    r"|(?:-->|//\]\]>|\]\]>|/\*\s*+\]\]>\s*+\*/)\s*+;?+\s*+$"
)
TRAILING_COMMA = re.compile(r",(\s*+[}\]])")
MISSING_COMMA = re.compile(r"([}\]\"])([^\S\n]*+\n\s*+)(\")")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
LONE_SURROGATE = re.compile(
    r"(?<!\\)((?:\\\\)*)(?:(\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})"
    r"|\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
)
BAD_ESCAPE = re.compile(r"\\(?![\"\\/bfnrtu])")
DEEPEST = 12  # maximum levels of nesting; real pages need four
MOST_NODES = 2_000


def read_blocks(blocks: Iterable[str], limit: int) -> list[Node]:
    """Return the objects of all blocks that can be parsed, outer ones first, at most `MOST_NODES`.

    Arrays and `@graph` are opened (see `walk`). A block that cannot be parsed even after mending,
    or is longer than `limit` characters, is skipped.
    """
    nodes: list[Node] = []
    for block in blocks:
        if len(block) <= limit:
            nodes.extend(walk(read_block(block)))
    return nodes[:MOST_NODES]


def read_block(block: str) -> Any:
    """Parse one block as it is, then mended, then leniently; None if all fail."""
    try:
        return orjson.loads(block)
    except (ValueError, RecursionError):
        mended = mend_text(block)
    try:
        return orjson.loads(mended)
    except (ValueError, RecursionError):
        pass
    try:
        # Parses the first value and ignores what follows it, such as a second value or a
        # semicolon; accepts raw control characters inside strings.
        return json.JSONDecoder(strict=False).raw_decode(mended)[0]
    except (ValueError, RecursionError):
        return None


def mend_text(block: str) -> str:
    """Mend common errors: a byte order mark or comments around the block, control characters,
    commas before a closing bracket, missing commas at a line's end, stray backslashes, and lone
    surrogates left by truncation."""
    text = WRAPPING.sub("", WRAPPING.sub("", block.strip("\ufeff \t\r\n;")))
    if text.startswith(("{&quot;", "[{&quot;", "{ &quot;")):
        text = unescape(text)
    text = MISSING_COMMA.sub(add_comma, text)
    text = LONE_SURROGATE.sub(replace_lone, text)
    text = BAD_ESCAPE.sub(r"\\\\", CONTROL.sub(" ", text))
    return TRAILING_COMMA.sub(r"\1", text).strip()


def add_comma(match: re.Match[str]) -> str:
    """Add a comma between a value that ends a line and the name that begins the next."""
    return f"{match.group(1)},{match.group(2)}{match.group(3)}"


def walk(value: Any, depth: int = 0) -> Iterator[Node]:
    """Yield the top-level objects: those in arrays and `@graph`, main entities and parts.

    The members of a list (`itemListElement`) are left out: they describe other pages.
    """
    if depth > DEEPEST:
        return
    if isinstance(value, list):
        for item in value:
            yield from walk(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart"):
            inner = value.get(name)
            if isinstance(inner, (list, dict)):
                yield from walk(inner, depth + 1)


def types_of(node: Node) -> set[str]:
    """Return the node's types without their namespace, in lower case."""
    given = node.get("@type") or node.get("type")
    names = given if isinstance(given, list) else [given]
    return {
        name.rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower()
        for name in names
        if isinstance(name, str)
    }


def replace_lone(found: re.Match[str]) -> str:
    """Replace an escaped lone surrogate with U+FFFD; keep a surrogate pair."""
    return found[0] if found[2] else found[1] + "\\ufffd"


ARTICLES = {
    "newsarticle", "article", "reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle",
    "reviewnewsarticle", "backgroundnewsarticle", "askpublicnewsarticle", "liveblogposting",
    "blogposting", "satiricalarticle", "report", "socialmediaposting", "techarticle",
    "scholarlyarticle", "advertisercontentarticle", "medicalscholarlyarticle", "review",
    "claimreview", "pressrelease", "videoobject", "webpage",
}  # fmt: skip
LESSER = {"review", "claimreview", "videoobject", "webpage"}
LONGEST_NAME = 300
DEEPEST_NAME = 3  # levels of nesting of an author's name
MOST_NAMES = 30


@dataclass(frozen=True, slots=True)
class Person:
    """An author; `kind` is the lower-case schema.org type, empty if none is given."""

    name: str
    kind: str


class Facts:
    """The chosen article node and access to its properties; empty if there is none.

    Of several nodes, one whose headline is contained in `titles` (the page's other titles) is
    preferred, because pages also describe the articles that they link to.
    """

    def __init__(self, nodes: list[Node], titles: str = "") -> None:
        self.by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str)}
        articles = [node for node in nodes if types_of(node) & ARTICLES]
        main = [node for node in articles if not types_of(node) <= LESSER]
        other_titles = normalise_words(titles)
        self.node: Node = max(
            main or articles,
            key=lambda node: (is_titled(node, other_titles), *weight(node)),
            default={},
        )
        self.nodes = nodes

    @property
    def types(self) -> set[str]:
        """Types of the chosen node, in lower case."""
        return types_of(self.node)

    def text(self, name: str) -> str | None:
        """Return a property's first text, with character references resolved."""
        return next(iter(self.texts(name)), None)

    def texts(self, name: str) -> list[str]:
        """Return a property's texts; for an object, its name, headline or URL."""
        return [text for value in values(self.node.get(name)) if (text := self.name_of(value))]

    def whole_texts(self, name: str) -> list[str]:
        """Return a property's texts with their line ends."""
        given = values(self.node.get(name))
        return [unescape(value) for value in given if isinstance(value, str)]

    def people(self, name: str) -> list[Person]:
        """Return the names under a property, with their types."""
        return [
            Person(text, kind_of(types_of(self.resolve(value))))
            for value in values(self.node.get(name))
            for text in self.names_of(value)
        ]

    def names_of(self, value: Any, depth: int = 0) -> list[str]:
        """Return the names of one value under an author: of an object its name, names, or given and
        family name; of a list those of its members."""
        if depth > DEEPEST_NAME:
            return []
        if isinstance(value, list):
            return [
                name for inner in value[:MOST_NAMES] for name in self.names_of(inner, depth + 1)
            ]
        node = self.resolve(value)
        for inner in (node.get("name"), node.get("@list"), node.get("author")):
            if isinstance(inner, (list, dict)) and (names := self.names_of(inner, depth + 1)):
                return names
        if "name" not in node and (node.get("givenName") or node.get("familyName")):
            parts = (self.name_of(node.get(part)) for part in ("givenName", "familyName"))
            return [" ".join(filter(None, parts))]
        name = self.name_of(value)
        return [name] if name else []

    def resolve(self, value: Any) -> Node:
        """Return the node that a value is, or refers to by its `@id`; empty for other values."""
        if not isinstance(value, dict):
            return {}
        if "name" not in value and isinstance(value.get("@id"), str):
            return self.by_id.get(value["@id"], value)
        return value

    def name_of(self, value: Any) -> str:
        """Return a value as text: the value itself, or the name, headline or URL of an object."""
        if isinstance(value, (bool, int, float)):
            return str(value)
        if isinstance(value, str):
            return squeeze(unescape(value))
        node = self.resolve(value)
        for name in ("name", "headline", "url", "contentUrl", "@value"):
            inner = node.get(name)
            if isinstance(inner, list):
                inner = next((item for item in inner if isinstance(item, str)), None)
            if isinstance(inner, str) and inner.strip():
                return squeeze(unescape(inner))
        return ""


def kind_of(types: set[str]) -> str:
    """Return one of several types: `person` if present, else the first alphabetically."""
    return "person" if "person" in types else min(types, default="")


def values(value: Any) -> Iterator[Any]:
    """Yield the members of an array, or the single value; skip None and empty strings."""
    if isinstance(value, list):
        for item in value:
            if item not in (None, ""):
                yield item
    elif value not in (None, ""):
        yield value


def plain_texts(given: Iterable[Any]) -> Iterator[str]:
    """Yield the texts among some values, and the names of the objects among them, as they stand."""
    for value in given:
        text = value.get("name") if isinstance(value, dict) else value
        if isinstance(text, str):
            yield text


def is_titled(node: Node, titles: str) -> bool:
    """True if a node's headline is contained in these normalised titles."""
    headline = node.get("headline")
    normalised = normalise_words(unescape(headline)) if isinstance(headline, str) else ""
    return normalised != "" and normalised in titles


def weight(node: Node) -> tuple[int, int]:
    """Return the rank of a node: number of key properties, then headline length."""
    properties = sum(
        name in node for name in ("headline", "datePublished", "author", "articleBody", "publisher")
    )
    return properties, len(str(node.get("headline", "")))
