"""Find the elements of a page that hold its article.

The element with the most prose directly in it is the core. The search climbs from there to a
parent if the parent holds considerably more prose in elements like the core. Page furniture
(boilerplate: navigation, sidebars, footers) is recognised by tag and class names and left out,
unless the page has its article in it: some wrappers are called `has-sidebar` or
`paywall-content`.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from lxml.html import HtmlElement

from service.read.page.blocks import FURNITURE_TAGS, Block, names_of
from service.read.page.element_roles import is_sure_name

PARDON = 0.45  # furniture with more than this multiple of the clean prose counts as content ...
PARDON_SURE = 3.0  # ... and this multiple if its tag or name is hardly ever used for content
LEAST_PARDONED = 200  # characters of prose, in either case
DECLARED = 0.6  # share of the core's prose that a declared articleBody must hold to be used

Kind = tuple[str, str]
Elements = frozenset[HtmlElement]
PARAGRAPHS = {"p", "blockquote", "pre", "td"}
LIST_ITEMS = {"li", "dd", "dt"}
LISTS = LIST_ITEMS | {"ul", "ol", "dl"}
DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Reach:
    """How far around the core the article is assumed to extend.

    Attributes:
        alike: only prose in elements like the core counts (see `are_alike`).
        climb: a parent with at least this many times the prose is part of the article.
    """

    alike: bool
    climb: float


# Body F1 on the training pages (aeb / fundus), on the pages as they are and with all but the first
# paragraphs of each article removed (which shows the effect of the surroundings on short
# articles). Any prose, climb 1.25: .9795 / .9730 and .8898 / .8903; alike, climb 1.4:
# .9824 / .9730 and .8900 / .8918.
USUAL = Reach(alike=True, climb=1.4)
NARROW = Reach(alike=True, climb=2.0)
WIDE = Reach(alike=False, climb=1.1)


class Prose:
    """A page's prose, grouped by the elements that hold it."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.clean = drop_furniture(blocks)
        self.weights = [(block, block.weight) for block in self.clean if block.weight]
        self.own: dict[HtmlElement, int] = defaultdict(int)
        for block, weight in self.weights:
            self.own[home_of(block)] += weight

    def find_main_elements(self, reach: Reach) -> Elements:
        """Return the elements of the main part, usually one; none if the page has no prose."""
        if not self.own:
            return frozenset()
        return self.declared or frozenset({self.climb_from(reach)})

    def blocks_in(self, elements: Elements) -> list[Block]:
        """Return the clean blocks inside these elements, in order."""
        return [block for block in self.clean if not elements.isdisjoint(block.path)]

    @cached_property
    def core(self) -> HtmlElement:
        """The element with the most prose of its own."""
        return max(self.own, key=self.own.__getitem__)

    @cached_property
    def declared(self) -> Elements:
        """The microdata `articleBody` element with the most prose, and its siblings that are marked
        the same. Those elsewhere in the page belong to other articles. Empty if the element holds
        less than DECLARED of the core's prose."""
        held: dict[HtmlElement, int] = defaultdict(int)
        for block, weight in self.weights:
            for element in block.path:
                if "articleBody" in (element.get("itemprop") or ""):
                    held[element] += weight
        best = max(held, key=held.__getitem__, default=None)
        if best is None or held[best] < DECLARED * self.own[self.core]:
            return frozenset()
        return frozenset(each for each in held if each.getparent() is best.getparent())

    def climb_from(self, reach: Reach) -> HtmlElement:
        """Return the highest ancestor that multiplies the prose by `reach.climb`, else the core."""
        core, held = self.core, self.prose_held(alike=reach.alike)
        path = next(block.path for block, _ in self.weights if core in block.path)
        chosen = core
        for parent in reversed(path[: path.index(core)]):
            if held[parent] >= reach.climb * held[chosen]:
                chosen = parent
        return chosen

    def prose_held(self, *, alike: bool) -> dict[HtmlElement, int]:
        """Return how much prose each element holds: all, or only that in elements like the core."""
        held: dict[HtmlElement, int] = defaultdict(int)
        for block, weight in self.weights:
            if not alike or are_alike(home_of(block), self.core):
                for element in block.path:
                    held[element] += weight
        return held


def home_of(block: Block) -> HtmlElement:
    """Return the element that a block's prose counts for: the parent of a paragraph or of a list,
    else the block's own element."""
    path = block.path
    if block.tag in LIST_ITEMS:
        return next((element for element in reversed(path) if element.tag not in LISTS), path[0])
    if block.tag in PARAGRAPHS and len(path) > 1:
        return path[-2]
    return path[-1]


def are_alike(one: HtmlElement, other: HtmlElement) -> bool:
    """Whether two elements have the same tag and share a class name, or both have none."""
    if one.tag != other.tag:
        return False
    names, others = (set((element.get("class") or "").split()) for element in (one, other))
    return not names.isdisjoint(others) or not (names or others)


def drop_furniture(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks outside furniture, and those in furniture that holds too much prose to be
    furniture (that is pardoned).

    Elements of the same kind (tag and names) are judged together, as articles are often split
    across many elements. The kind with the most prose is judged first; once it is pardoned, its
    prose counts as clean.
    """
    kinds_of = Kinds()
    prose = [
        (weight, set(map(kinds_of.__getitem__, block.furniture)))
        for block in blocks
        if (weight := block.weight)
    ]
    pardoned: set[Kind] = set()
    while True:
        clean = sum(weight for weight, kinds in prose if kinds <= pardoned)
        held: dict[Kind, int] = defaultdict(int)
        for weight, kinds in prose:
            for kind in kinds - pardoned:
                held[kind] += weight
        enough = [kind for kind in held if held[kind] > max(LEAST_PARDONED, bar(kind) * clean)]
        if not enough:
            break
        pardoned.add(max(enough, key=held.__getitem__))
    return [
        block
        for block in blocks
        if block.path and pardoned.issuperset(map(kinds_of.__getitem__, block.furniture))
    ]


class Kinds(dict[HtmlElement, Kind]):
    """Cache of each element's kind: blocks have most of their furniture elements in common."""

    def __missing__(self, element: HtmlElement) -> Kind:
        self[element] = kind = kind_of(element)
        return kind


def bar(kind: Kind) -> float:
    """Return the multiple of the clean prose above which furniture of this kind is pardoned."""
    tag, names = kind
    sure = (tag in FURNITURE_TAGS and tag != "form") or is_sure_name(names)
    return PARDON_SURE if sure else PARDON


def kind_of(element: HtmlElement) -> Kind:
    """Return an element's tag and names. Names with a digit are dropped, as they number elements
    of one kind, unless all names have a digit, as generated names do."""
    names = names_of(element)
    if DIGIT.search(names):
        names = " ".join(name for name in names.split() if not DIGIT.search(name)) or names
    return str(element.tag), names


def are_akin(one: Kind, other: Kind) -> bool:
    """Whether two kinds are equal, or have the same tag and share a name."""
    return one == other or (
        one[0] == other[0] and not set(one[1].split()).isdisjoint(other[1].split())
    )
