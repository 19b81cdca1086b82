"""Real texts as rows: machine and human translations, reuse by newspapers, reports of one event,
rewrites. The data is kept outside the project."""

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.figures import shared_data

DATA = shared_data() / "real"
SETS = ("spun", "reuse_ur", "same_event", "distinct", "rewritten", "translated")

_ALONE = frozenset({"own", "sibling"})


@dataclass(frozen=True, slots=True)
class RealRow:
    """A text; texts with the same `story` are copies of one another.

    Attributes:
        set: the file it is from.
        story: its copies have the same; another language, or an independent report, has another.
        event: what it is about: reports of one event that are no copies have the same.
        kind: how it was made; for a rewrite its mode.
    """

    id: str
    set: str
    text: str
    story: str
    event: str
    language: str
    kind: str


def load_set(name: str, part: str, data: Path = DATA) -> list[RealRow]:
    """Return the rows of one set.

    Args:
        part: "train" or "test".
    """
    with gzip.open(data / f"{name}.{part}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return list(_rows(name, [json.loads(line) for line in lines]))


def load_real(part: str, sets: Sequence[str] = SETS, data: Path = DATA) -> list[RealRow]:
    """Return the rows of several sets, one after the other."""
    return [row for name in sets for row in load_set(name, part, data)]


def _rows(name: str, rows: Sequence[dict[str, str]]) -> Iterator[RealRow]:
    for row in rows:
        kind = row.get("mode") or row.get("kind", "")
        story = f"{name}|{row['story']}"
        event = f"{name}|{row.get('group') or row['story']}"
        if name == "translated":
            story = f"{story}|{row['lang']}"
        elif kind in _ALONE or (name == "reuse_ur" and kind == "ND"):
            story = f"{story}|{row['id']}"
        yield RealRow(
            id=row["id"],
            set=name,
            text=row["text"],
            story=story,
            event=event,
            language=row["lang"],
            kind=kind,
        )
