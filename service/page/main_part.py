"""Where in a page its article stands.

The element with the most prose directly in it is the core; from there up as long as a parent
brings a good deal more prose in elements like it. Elements whose names mark them as furniture
do not count, unless the page keeps its article in one: wrappers are called `has-sidebar` or
`paywall-content` too.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from lxml.html import HtmlElement

from service.page.blocks import FURNITURE_TAGS, Block, names_of
from service.page.furniture_names import is_sure_name

PARDON = 0.45  # prose in furniture, over clean prose, from which on it is no furniture ...
PARDON_SURE = 3.0  # ... and where its name leaves hardly a doubt
LEAST_PARDONED = 200  # characters
DECLARED = 0.6  # share of the core's prose that a declared articleBody must hold to be believed

Kind = tuple[str, str]
Places = frozenset[HtmlElement]
PARAGRAPHS = {"p", "blockquote", "pre", "td"}
LIST_ITEMS = {"li", "dd", "dt"}
LISTS = LIST_ITEMS | {"ul", "ol", "dl"}
DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Reach:
    """How far around the core the article is taken to extend.

    Attributes:
        alike: only prose in elements like the core counts (see `are_alike`).
        climb: a parent with this many times the prose is part of the article.
    """

    alike: bool
    climb: float


# Body F1 on the training pages (aeb / fundus), as they are and with all but the first paragraphs
# of each article taken out (which shows what short articles suffer from their surroundings):
# any prose, 1.25: .9795 / .9730 and .8898 / .8903; alike, 1.4: .9824 / .9730 and .8900 / .8918.
USUAL = Reach(alike=True, climb=1.4)
NARROW = Reach(alike=True, climb=2.0)
WIDE = Reach(alike=False, climb=1.1)


class Prose:
    """A page's prose by the elements that hold it."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.clean = drop_furniture(blocks)
        self.weights = [(block, block.weight) for block in self.clean if block.weight]
        self.own: dict[HtmlElement, int] = defaultdict(int)
        for block, weight in self.weights:
            self.own[home_of(block)] += weight

    def find_places(self, reach: Reach) -> Places:
        """The elements of the page's main part, one as a rule; none where the page has no prose."""
        if not self.own:
            return frozenset()
        return self.declared or frozenset({self.climb_from(reach)})

    def blocks_in(self, places: Places) -> list[Block]:
        """The clean blocks in these elements, in order."""
        return [block for block in self.clean if not places.isdisjoint(block.path)]

    @cached_property
    def core(self) -> HtmlElement:
        """The element with the most prose of its own."""
        return max(self.own, key=self.own.__getitem__)

    @cached_property
    def declared(self) -> Places:
        """The element that microdata calls the article's body, if it holds enough prose, and those
        beside it that are called so too; none elsewhere, as that is another article's."""
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
        """The highest element above the core that still brings much more prose."""
        core, held = self.core, self.prose_held(alike=reach.alike)
        path = next(block.path for block, _ in self.weights if core in block.path)
        chosen = core
        for parent in reversed(path[: path.index(core)]):
            if held[parent] >= reach.climb * held[chosen]:
                chosen = parent
        return chosen

    def prose_held(self, *, alike: bool) -> dict[HtmlElement, int]:
        """How much prose each element holds: any, or only that in elements like the core."""
        held: dict[HtmlElement, int] = defaultdict(int)
        for block, weight in self.weights:
            if not alike or are_alike(home_of(block), self.core):
                for element in block.path:
                    held[element] += weight
        return held


def home_of(block: Block) -> HtmlElement:
    """The element that a block is prose of: what holds the paragraph or the list, else the
    block's own."""
    path = block.path
    if block.tag in LIST_ITEMS:
        return next((element for element in reversed(path) if element.tag not in LISTS), path[0])
    if block.tag in PARAGRAPHS and len(path) > 1:
        return path[-2]
    return path[-1]


def are_alike(one: HtmlElement, other: HtmlElement) -> bool:
    """Whether two elements are of one tag and share a class name, or have none."""
    if one.tag != other.tag:
        return False
    names, others = (set((element.get("class") or "").split()) for element in (one, other))
    return not names.isdisjoint(others) or not (names or others)


def drop_furniture(blocks: Sequence[Block]) -> list[Block]:
    """The blocks outside furniture, and those inside of furniture that is pardoned.

    Elements of one tag and name are judged together, as articles are often cut into many. The
    kind that holds most is judged first: pardoned, what is clean in it counts as clean.
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
    """The kinds of the elements asked for, each told once: blocks share most of theirs."""

    def __missing__(self, element: HtmlElement) -> Kind:
        self[element] = kind = kind_of(element)
        return kind


def bar(kind: Kind) -> float:
    """How much of the clean prose furniture must hold to be none."""
    tag, names = kind
    sure = (tag in FURNITURE_TAGS and tag != "form") or is_sure_name(names)
    return PARDON_SURE if sure else PARDON


def kind_of(element: HtmlElement) -> Kind:
    """Tag and name; without names with a digit in them, which number what is of one kind, unless
    all are like that, as those that a machine made up are."""
    names = names_of(element)
    if DIGIT.search(names):
        names = " ".join(name for name in names.split() if not DIGIT.search(name)) or names
    return str(element.tag), names


def are_akin(one: Kind, other: Kind) -> bool:
    """Whether two kinds are one, or of one tag and share a name."""
    return one == other or (
        one[0] == other[0] and not set(one[1].split()).isdisjoint(other[1].split())
    )
