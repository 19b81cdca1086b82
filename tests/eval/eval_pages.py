"""Measure READ on labelled pages: `python -m tests.eval.eval_pages [--set train|test] [--unnamed]`.

Prints a table for each collection and language group, with plain trafilatura beside it on the
same pages in the same run: precision, recall and F1 of the body, title, author and date accuracy,
pages a second on one core.
"""

import argparse
import gzip
import json
import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import trafilatura
from trafilatura.settings import Document

from service.events.outcome import Failed, Rejected
from service.events.raw_page import RawPage
from service.page import Limits, read_page
from service.page.language import tell_language
from service.page.paragraph import fold_words
from service.page.site_name import names_site
from service.wire.names import read_names
from tests.eval.shingles import mean_f1, score
from tests.eval.unnamed import without_names

Row = dict[str, Any]
LIMITS = Limits(honour_noarchive=False)  # pages are measured whatever they ask of archives
GROUPS = {
    "en": {"en"},
    "de": {"de", "lb"},
    "romance": {"fr", "es", "it", "pt", "ca", "ro"},
    "nordic, dutch": {"sv", "nb", "nn", "no", "da", "nl", "is"},
    "cjk": {"ja", "zh", "ko"},
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader made of one page."""

    text: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    day: str = ""
    outcome: str = "article"


def read_with_copydesk(row: Row) -> Reading:
    """The whole READ stage."""
    fetched = datetime.fromisoformat(row["crawled"] + "T23:59:59") if row["crawled"] else None
    raw = RawPage(
        url=row["url"] or "https://unknown.example/article",
        text=row["html"],
        fetched_at=fetched.replace(tzinfo=UTC) if fetched else None,
    )
    try:
        article = read_page(raw, LIMITS)
    except (Rejected, Failed) as outcome:
        return Reading(outcome=str(outcome))
    day = (article.published or "")[:10]
    return Reading(article.text, article.title, article.authors, day)


def read_with_trafilatura(row: Row) -> Reading:
    """trafilatura as it comes, metadata included."""
    found = trafilatura.bare_extraction(row["html"], url=row["url"], with_metadata=True)
    if not isinstance(found, Document):
        return Reading(outcome="nothing")
    authors = tuple(name.strip() for name in (found.author or "").split(";") if name.strip())
    return Reading(found.text or "", found.title or "", authors, (found.date or "")[:10])


READERS: dict[str, Callable[[Row], Reading]] = {
    "copydesk": read_with_copydesk,
    "trafilatura": read_with_trafilatura,
}


def load_rows(path: Path) -> list[Row]:
    """The labelled pages of a file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def group_of(row: Row) -> str:
    """The language group of the labelled text."""
    language = tell_language(row["text"])
    return next((name for name, members in GROUPS.items() if language in members), "other")


def same_title(reading: Reading, row: Row) -> bool:
    """Whether the words are the same."""
    return fold_words(reading.title) == fold_words(row["title"])


def same_authors(reading: Reading, row: Row) -> bool:
    """Whether the same people are named; in the labels, agencies of the directory and the site's
    own name do not count."""
    host = urlsplit(row["url"]).hostname or ""
    wanted = {
        fold_words(name)
        for name in row["authors"] or ()
        if not read_names(name) and not names_site(name, None, host)
    }
    return {fold_words(name) for name in reading.authors} == wanted


def same_labels(reading: Reading, row: Row) -> bool:
    """Whether the same authors are named, agencies and sites included."""
    return {fold_words(name) for name in reading.authors} == {
        fold_words(name) for name in row["authors"] or ()
    }


def same_day(reading: Reading, row: Row) -> bool:
    """Whether the day of publication is the same."""
    return bool(reading.day == row["date"])


def share(hits: Iterable[bool]) -> str:
    """A share of hits, for the table."""
    found = list(hits)
    return f"{sum(found) / len(found):.3f}" if found else "    -"


def print_table(rows: list[Row], readings: dict[str, list[Reading]]) -> None:
    """One line for each collection, language group and reader."""
    head = f"{'collection':10} {'language':14} {'pages':>5} {'reader':11}"
    print(f"{head}  prec.  recall  F1     title  author labels date")
    languages = [group_of(row) for row in rows]
    for collection in sorted({row["set"] for row in rows}):
        for group in ["all", *GROUPS, "other"]:
            chosen = [
                index
                for index, row in enumerate(rows)
                if row["set"] == collection and group in ("all", languages[index])
            ]
            for name, read in readings.items():
                if chosen:
                    pairs = [(read[index], rows[index]) for index in chosen]
                    print(f"{collection:10} {group:14} {len(chosen):5} {name:11} {line(pairs)}")


def line(pairs: list[tuple[Reading, Row]]) -> str:
    """The figures of one line."""
    body = " ".join(
        f"{value:.4f}" for value in mean_f1(score(read.text, row["text"]) for read, row in pairs)
    )
    checks = (
        ("title", same_title),
        ("authors", same_authors),
        ("authors", same_labels),
        ("date", same_day),
    )
    marks = [
        share(check(read, row) for read, row in pairs if row[label]) for label, check in checks
    ]
    return f" {body}  {'  '.join(marks)}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--set", default="test", choices=["train", "test"], help="pages to read")
    parser.add_argument(
        "--unnamed", action="store_true", help="first replace what sites call their boxes"
    )
    parser.add_argument("--worst", type=int, default=0, help="also list the pages read worst")
    chosen = parser.parse_args()
    beside = Path(__file__).parents[3] / "shared" / "data"
    folder = Path(os.environ.get("COPYDESK_SHARED_DATA") or beside)
    rows = load_rows(folder / "pages" / f"{chosen.set}.jsonl.gz")
    if chosen.unnamed:
        rows = [{**row, "html": without_names(row["html"])} for row in rows]
    readings: dict[str, list[Reading]] = {name: [] for name in READERS}
    seconds = dict.fromkeys(READERS, 0.0)
    for read in READERS.values():
        read(rows[0])  # models and patterns are loaded before the clock starts
    for row in rows:
        for name, read in READERS.items():
            start = time.perf_counter()
            readings[name].append(read(row))
            seconds[name] += time.perf_counter() - start
    print(f"{len(rows)} pages of {chosen.set}, one core, both readers page by page\n")
    print_table(rows, readings)
    print()
    for name, spent in seconds.items():
        print(f"{name:11} {len(rows) / spent:7.1f} pages/s")
    for row, reading in zip(rows, readings["copydesk"], strict=True):
        if reading.outcome != "article":
            print(f"no article: {row['id'][:40]} {reading.outcome}")
    if chosen.worst:
        print_worst(rows, readings["copydesk"], chosen.worst)


def print_worst(rows: list[Row], readings: list[Reading], count: int) -> None:
    """The pages whose body was read worst."""
    scored = [
        (score(read.text, row["text"]), row) for row, read in zip(rows, readings, strict=True)
    ]
    scored.sort(key=lambda item: sum(item[0]))
    for (precision, recall), row in scored[:count]:
        print(f"{precision:.3f} {recall:.3f} {row['id'][:50]}")


if __name__ == "__main__":
    main()
