"""Pages as JSON lines, and what `copydesk fold` would write of them."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from service.events.extracted import SourcePosition
from service.events.input_message import InputMessage
from service.events.topics import Topic
from service.fold import fold
from service.local.json_record import json_line
from service.local.read_files import read_inputs
from service.read import read
from service.story.shard import Shard
from tests.story.articles import told

FERRY = "https://a.example/ferry"
SPUN = "https://b.example/ferry-spun"
STEEL = "https://c.example/steel"


def page(url: str, text: str, at: str = "2026-03-10T06:00:00Z", **more: object) -> dict[str, Any]:
    """A page in the native form, as an article already extracted."""
    article = {"title": f"The headline at {url}", "text": text, **more}
    return {"url": url, "fetched_at": at, "article": article}


def ferry_pages() -> list[dict[str, Any]]:
    """An agency's story, a spun copy of it, and another story."""
    return [
        page(FERRY, f"HARBOR CITY (AP) — {told('ferry-ap')}"),
        page(SPUN, told("ferry-ap", "spun"), "2026-03-10T09:30:00Z"),
        page(STEEL, told("furnace"), "2026-03-10T10:00:00Z"),
    ]


def write_pages(path: Path, pages: Iterable[dict[str, Any]]) -> Path:
    """Pages as JSON lines."""
    path.write_text("".join(json.dumps(each) + "\n" for each in pages))
    return path


def write_events(path: Path, pages: Iterable[dict[str, Any]]) -> Path:
    """What comes of folding the pages, as JSON lines."""
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
