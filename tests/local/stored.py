"""Pages as JSON lines, and the output of `copydesk fold` for them."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from service.contract.extracted import SourcePosition
from service.contract.record import InputMessage, Topic
from service.fold.shard import Shard
from service.fold.stage import fold
from service.local.json_record import json_line
from service.local.read_files import read_inputs
from service.read.stage import read
from tests.fold.articles import text_of

FERRY = "https://a.example/ferry"
SPUN = "https://b.example/ferry-spun"
STEEL = "https://c.example/steel"


def page(url: str, text: str, at: str = "2026-03-10T06:00:00Z", **more: object) -> dict[str, Any]:
    """A page in the native form, as an extracted article."""
    article = {"title": f"The headline at {url}", "text": text, **more}
    return {"url": url, "fetched_at": at, "article": article}


def ferry_pages() -> list[dict[str, Any]]:
    """An agency's story, a spun copy of it, and another story."""
    return [
        page(FERRY, f"HARBOR CITY (AP) — {text_of('ferry-ap')}"),
        page(SPUN, text_of("ferry-ap", "spun"), "2026-03-10T09:30:00Z"),
        page(STEEL, text_of("furnace"), "2026-03-10T10:00:00Z"),
    ]


def write_pages(path: Path, pages: Iterable[dict[str, Any]]) -> Path:
    """Pages as JSON lines."""
    path.write_text("".join(json.dumps(each) + "\n" for each in pages))
    return path


def write_events(path: Path, pages: Iterable[dict[str, Any]]) -> Path:
    """Fold the pages and write the records as JSON lines."""
    source = write_pages(path.with_name("pages-to-fold.jsonl"), pages)
    shard = Shard()
    lines = []
    for number, message in enumerate(read_inputs([source])):
        record = read(message)
        if record.topic is not Topic.EXTRACTED:
            lines.append(json_line(record))
            continue
        position = SourcePosition(topic=Topic.EXTRACTED.value, partition=0, offset=number)
        extracted = InputMessage(record.key, record.value, record.headers, None, position)
        lines += map(json_line, fold(extracted, shard, 0))
    path.write_bytes(b"".join(lines))
    return path
