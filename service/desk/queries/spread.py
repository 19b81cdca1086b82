"""How a story spread: when its copies were seen, of which kind, on which sites, and from whom."""

import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from service.desk.ingest.places import NO_COPIES

ARTICLES = 2000
"""Most articles that are counted, those that were seen first."""
LINKED = 200
"""Most articles that the chain of parents lists."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How one story spread.

    Attributes:
        seen: (time, place, host) of its articles, in order of time, without withdrawn ones.
        delays: seconds from the original to each copy, ascending, where both were seen in that
            order.
        sites: (host, its copies by relation, time of its first), the first site first.
        chain: the articles by parent, each below the one that it was linked to.
        more: whether there are more articles than are counted.
    """

    seen: list[tuple[str, str, str]]
    delays: list[int]
    sites: list[tuple[str, Counter[str], str]]
    chain: list["Link"]
    more: bool


@dataclass(slots=True)
class Link:
    """An article of the chain, and what was linked to it. `depth`: 0 for what has no parent;
    `is_lost`: its parent is not among the articles."""

    row: sqlite3.Row
    depth: int = 0
    is_lost: bool = False
    children: list["Link"] = field(default_factory=list)


def load_spread(db: sqlite3.Connection, story_id: str) -> Spread:
    """The spread of the story that holds its articles now; empty if there is none."""
    rows = db.execute(
        "SELECT a.uri, a.parent, a.seen, a.host, a.title, a.language, p.place, p.delay"
        " FROM stories m CROSS JOIN articles a ON a.story_id = m.id"
        " JOIN places p ON p.number = a.number"
        " WHERE m.root = ? AND p.place <> 'withdrawal' ORDER BY a.seen, a.number LIMIT ?",
        (story_id, ARTICLES + 1),
    ).fetchall()
    shown = rows[:ARTICLES]
    sites: dict[str, tuple[Counter[str], str]] = {}
    for row in shown:
        if row["place"] not in NO_COPIES:
            sites.setdefault(row["host"], (Counter(), row["seen"]))[0][row["place"]] += 1
    return Spread(
        seen=[(row["seen"], row["place"], row["host"]) for row in shown],
        delays=sorted(row["delay"] for row in shown if row["delay"] is not None),
        sites=[(host, counts, first) for host, (counts, first) in sites.items()],
        chain=chain_of(shown)[:LINKED],
        more=len(rows) > ARTICLES,
    )


def chain_of(rows: Sequence[sqlite3.Row]) -> list[Link]:
    """Articles in the order of a tree, each right after its parent or a sibling's last descendant.

    The original has no parent, whatever it was linked to when it came. A parent that is not among
    `rows` is unknown: what names it begins a tree of its own. An article is there once, also where
    the links make a circle.
    """
    links = {row["uri"]: Link(row) for row in rows}
    tops = []
    for link in links.values():
        named = None if link.row["place"] == "original" else link.row["parent"]
        parent = links.get(named)
        if parent is None or parent is link:
            link.is_lost = named is not None and parent is None
            tops.append(link)
        else:
            parent.children.append(link)
    ordered: list[Link] = []
    placed: set[str] = set()
    for top in [*tops, *links.values()]:  # the second: what hangs in a circle only
        waiting = [top]
        while waiting:
            link = waiting.pop()
            if link.row["uri"] in placed:
                continue
            placed.add(link.row["uri"])
            ordered.append(link)
            for child in reversed(link.children):
                if child.row["uri"] not in placed:
                    child.depth = link.depth + 1
                    waiting.append(child)
    return ordered
