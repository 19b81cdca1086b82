"""The recorded stories as rows."""

import gzip
import json
from dataclasses import dataclass
from pathlib import Path

from tests.bench.figures import shared_data

DATA = shared_data() / "stories"


@dataclass(frozen=True, slots=True)
class StoryRow:
    """A text; texts with the same `story` are copies of one story; `kind` says how it was made."""

    id: str
    text: str
    story: str
    kind: str


def load_rows(path: Path) -> list[StoryRow]:
    """Read a file of rows, one JSON object a line."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        loaded = [json.loads(line) for line in lines]
    return [StoryRow(row["id"], row["text"], row["story"], row["kind"]) for row in loaded]
