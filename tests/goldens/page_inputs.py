"""Inputs of READ: pages that are kept in the tests, and labelled pages from a file."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from service.contract.extracted import SourcePosition
from service.contract.record import InputMessage
from service.local.sample.crawl import sample_messages
from tests.fuzz.sample import parse
from tests.read.page.test_hostile import READ_ANYWAY, REFUSED

CORPUS = Path(__file__).parents[1] / "fuzz" / "corpus" / "reading"
FETCHED_AT = "2026-03-11T06:00:00+00:00"


def crawl() -> Iterator[InputMessage]:
    """The sample crawl of the demo."""
    return sample_messages()


def hostile() -> Iterator[InputMessage]:
    """Pages made to break a reader, each beside its outcome in the tests of READ."""
    bodies = [body for body, _ in REFUSED.values()]
    bodies += [page.encode() for page in READ_ANYWAY.values()]
    for number, body in enumerate(bodies):
        yield page(number, f"https://hostile.example/{number}", body)


def corpus() -> Iterator[InputMessage]:
    """Messages in every crawler's form, and some in none."""
    for path in sorted(CORPUS.iterdir()):
        yield parse(path.read_bytes())


def labelled(file: Path) -> Iterator[InputMessage]:
    """Labelled pages: JSON lines with url, html and the day of the crawl."""
    for number, row in enumerate(rows(file)):
        day = f"{row['crawled']}T23:59:59+00:00" if row["crawled"] else None
        url = row["url"] or f"https://unknown.example/{number}"
        yield page(number, url, row["html"].encode(), day)


def page(number: int, url: str, body: bytes, fetched_at: str | None = None) -> InputMessage:
    """A page as a crawler writes it in the native form, binary mode."""
    headers = [("url", url.encode()), ("status", b"200"), ("crawler", b"goldens")]
    headers.append(("content-type", b"text/html; charset=utf-8"))
    headers.append(("fetched-at", (fetched_at or FETCHED_AT).encode()))
    source = SourcePosition(topic="pages.raw", partition=0, offset=number)
    return InputMessage(url.encode(), body, tuple(headers), None, source)


def rows(file: Path) -> Iterator[dict[str, Any]]:
    """The rows of a file of JSON lines, gzip."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
