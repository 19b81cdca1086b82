"""Measure READ on labelled pages: `python -m tests.eval.eval_pages [--set train test more]`.

Prints one table with a line for each set of pages and reader: precision, recall and F1 of the body,
pages under .9, shares of exact titles and authors, dates right, wrong and none, pages without an
article; then what pages declare (`declared_fields`), and pages a second on one core. Other
extractors stand beside READ on the same pages: trafilatura, and readability-lxml and resiliparse
where they are installed (`make bench` installs them). Rules are tuned on `train` and `more`, never
on `test`.
"""

import argparse
import gzip
import json
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import trafilatura
from trafilatura.settings import Document

from service.contract.outcome import Failed, Rejected
from service.contract.page import RawPage
from service.read.page import Limits, read_page
from tests.bench.read_peers import with_readability, with_resiliparse
from tests.eval.declared_fields import print_declared
from tests.eval.page_table import Reading, Row, print_table
from tests.eval.shingles import score
from tests.eval.unnamed import without_names

LIMITS = Limits()  # pages are measured whatever they ask of archives
PARTS = ("train", "test", "more")
Reader = Callable[[Row], Reading]


def read_with_copydesk(row: Row) -> Reading:
    """The whole READ stage."""
    fetched = datetime.fromisoformat(row["crawled"] + "T23:59:59") if row["crawled"] else None
    raw = RawPage(
        url=row["url"] or "https://unknown.example/page-without-an-address.html",
        text=row["html"],
        fetched_at=fetched.replace(tzinfo=UTC) if fetched else None,
    )
    try:
        article = read_page(raw, LIMITS)
    except (Rejected, Failed) as outcome:
        return Reading(outcome=str(outcome))
    day = (article.published or "")[:10]
    return Reading(article.text, article.title, article.authors, day, article=article)


def read_with_trafilatura(row: Row) -> Reading:
    """trafilatura as it comes, metadata included."""
    found = trafilatura.bare_extraction(row["html"], url=row["url"], with_metadata=True)
    if not isinstance(found, Document):
        return Reading(outcome="nothing")
    authors = tuple(name.strip() for name in (found.author or "").split(";") if name.strip())
    return Reading(found.text or "", found.title or "", authors, (found.date or "")[:10])


def read_with_peer(row: Row, extract: Callable[[str, str], str]) -> Reading:
    """An extractor that gives the text only; an error of it is an empty text."""
    try:
        text = extract(row["html"], row["url"] or "")
    except Exception as error:
        return Reading(outcome=type(error).__name__)
    return Reading(text, outcome="article" if text.strip() else "nothing")


def find_readers() -> dict[str, Reader]:
    """The readers that are installed."""
    readers: dict[str, Reader] = {
        "copydesk": read_with_copydesk,
        "trafilatura": read_with_trafilatura,
    }
    if find_spec("resiliparse"):
        readers["resiliparse"] = partial(read_with_peer, extract=with_resiliparse)
    if find_spec("readability"):
        readers["readability"] = partial(read_with_peer, extract=with_readability)
    return readers


def load_rows(path: Path) -> list[Row]:
    """The labelled pages of a file of JSON lines; `part` is the file's name."""
    part = path.name.partition(".")[0]
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [{"part": part, **json.loads(line)} for line in lines]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--set", nargs="+", default=PARTS, choices=PARTS, help="pages to read")
    parser.add_argument("--alone", action="store_true", help="without other extractors")
    parser.add_argument(
        "--unnamed", action="store_true", help="first replace what sites call their boxes"
    )
    parser.add_argument("--worst", type=int, default=0, help="also list the pages read worst")
    chosen = parser.parse_args()
    beside = Path(__file__).parents[3] / "shared" / "data"
    folder = Path(os.environ.get("COPYDESK_SHARED_DATA") or beside)
    rows = [row for part in chosen.set for row in load_rows(folder / "pages" / f"{part}.jsonl.gz")]
    if chosen.unnamed:
        rows = [{**row, "html": without_names(row["html"])} for row in rows]
    readers = {"copydesk": read_with_copydesk} if chosen.alone else find_readers()
    readings: dict[str, list[Reading]] = {name: [] for name in readers}
    seconds = dict.fromkeys(readers, 0.0)
    for read in readers.values():
        read(rows[0])  # models and patterns are loaded before the clock starts
    for row in rows:
        for name, read in readers.items():
            start = time.perf_counter()
            readings[name].append(read(row))
            seconds[name] += time.perf_counter() - start
    print(f"{len(rows)} pages, one core, all readers page by page\n")
    print_table(rows, readings)
    if not chosen.unnamed:
        print_declared(rows, [reading.article for reading in readings["copydesk"]])
    print()
    for name, spent in seconds.items():
        print(f"{name:13} {len(rows) / spent:7.1f} pages/s")
    for row, reading in zip(rows, readings["copydesk"], strict=True):
        if reading.outcome != "article":
            print(f"no article: {row['part']} {row['id'][:40]} {reading.outcome}")
    if chosen.worst:
        print_worst(rows, readings["copydesk"], chosen.worst)


def print_worst(rows: list[Row], readings: list[Reading], count: int) -> None:
    """The pages whose body was read worst."""
    scored = [
        (score(read.text, row["text"]), row)
        for row, read in zip(rows, readings, strict=True)
        if row["text"]
    ]
    scored.sort(key=lambda item: sum(item[0]))
    for (precision, recall), row in scored[:count]:
        print(f"{precision:.3f} {recall:.3f} {row['part']} {row['id'][:50]}")


if __name__ == "__main__":
    main()
