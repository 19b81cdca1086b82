"""The article as structured data describes it: JSON-LD's nodes of news, read with tolerance."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from service.page.json_ld import Node, types_of
from service.page.paragraph import fold_words, squeeze

ARTICLES = {
    "newsarticle", "article", "reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle",
    "reviewnewsarticle", "backgroundnewsarticle", "askpublicnewsarticle", "liveblogposting",
    "blogposting", "satiricalarticle", "report", "socialmediaposting", "techarticle",
    "scholarlyarticle", "advertisercontentarticle", "medicalscholarlyarticle", "review",
    "claimreview", "pressrelease", "videoobject", "webpage",
}  # fmt: skip
LESSER = {"review", "claimreview", "videoobject", "webpage"}
LONGEST_NAME = 300


@dataclass(frozen=True, slots=True)
class Person:
    """A named author; `kind` is the lower-case schema.org type, empty where none is given."""

    name: str
    kind: str


class Facts:
    """The chosen article node, and the questions asked of it. Empty where there is none.

    Of several, one whose headline is in `titles`, what else the page calls itself, comes first:
    pages also describe the articles that they link to.
    """

    def __init__(self, nodes: list[Node], titles: str = "") -> None:
        self.by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str)}
        articles = [node for node in nodes if types_of(node) & ARTICLES]
        main = [node for node in articles if not types_of(node) <= LESSER]
        known = fold_words(titles)
        self.node: Node = max(
            main or articles, key=lambda node: (is_titled(node, known), *weight(node)), default={}
        )
        self.nodes = nodes

    @property
    def types(self) -> set[str]:
        """Types of the chosen node."""
        return types_of(self.node)

    def text(self, name: str) -> str | None:
        """A property's first text, with character references resolved."""
        return next(iter(self.texts(name)), None)

    def texts(self, name: str) -> list[str]:
        """A property's texts; of objects, their name, headline or address."""
        return [text for value in values(self.node.get(name)) if (text := self.name_of(value))]

    def people(self, name: str) -> list[Person]:
        """The names under a property, with what they are said to be."""
        return [
            Person(text, kind_of(types_of(node)))
            for value in values(self.node.get(name))
            if (text := self.name_of(value))
            for node in [self.resolve(value)]
        ]

    def resolve(self, value: Any) -> Node:
        """The node that a value is, or refers to by its id."""
        if not isinstance(value, dict):
            return {}
        if "name" not in value and isinstance(value.get("@id"), str):
            return self.by_id.get(value["@id"], value)
        return value

    def name_of(self, value: Any) -> str:
        """Words for a value: itself, or what names it."""
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
    """One type of several: a person, if that is among them."""
    return "person" if "person" in types else min(types, default="")


def values(value: Any) -> Iterator[Any]:
    """The members of an array, or the one value; nothing for nothing."""
    if isinstance(value, list):
        for item in value:
            if item not in (None, ""):
                yield item
    elif value not in (None, ""):
        yield value


def is_titled(node: Node, titles: str) -> bool:
    """Whether a node's headline is in these folded titles."""
    headline = node.get("headline")
    folded = fold_words(unescape(headline)) if isinstance(headline, str) else ""
    return folded != "" and folded in titles


def weight(node: Node) -> tuple[int, int]:
    """How much a node looks like the page's own article: what it tells, then how long."""
    told = sum(
        name in node for name in ("headline", "datePublished", "author", "articleBody", "publisher")
    )
    return told, len(str(node.get("headline", "")))
