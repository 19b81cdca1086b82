"""The table of `eval_pages`: one line for each set of pages and reader."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from service.contract.article import Article
from service.read.attribution.names import read_names
from service.read.page.paragraph import normalise_words
from service.read.page.site import names_site
from tests.eval.shingles import mean_f1, score

Row = dict[str, Any]
NEWS = ("aeb", "fundus", "fundus_history", "msv_sample", "wcxb_news")
"""The sets of news pages with labelled bodies, which are taken together in one line."""
BETWEEN = re.compile(r", | and | & |、")
AFTER_NAME = re.compile(r"\s[|/]\s.*|\s?\([^()]*\)")
DESK = re.compile(
    r"\b(?:staff|desk|editors?|team|redaktion|sport|verlag|nachrichten)\b|^special to "
    r"|オンライン|デジタル",
    re.I,
)
LOW = 0.9  # F1 under which a page is counted
HEAD = (
    f"{'pages':24} {'reader':13} {'n':>4}  prec.  recall F1     {'<.9':>4}"
    "  title  author labels  date right wrong none  no article"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader made of one page."""

    text: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    day: str = ""
    outcome: str = "article"
    article: Article | None = None


Pair = tuple[Reading, Row]


def print_table(rows: Sequence[Row], readings: dict[str, list[Reading]]) -> None:
    """Print a line for each part (train, test, more), set and reader, and for the news sets of each
    part together."""
    print(HEAD)
    for part in dict.fromkeys(row["part"] for row in rows):
        sets = sorted({row["set"] for row in rows if row["part"] == part})
        groups = [(name, (name,)) for name in sets] + [("news", NEWS), ("all", tuple(sets))]
        for name, members in groups:
            chosen = [
                index
                for index, row in enumerate(rows)
                if row["part"] == part and row["set"] in members
            ]
            for reader, read in readings.items():
                pairs = [(read[index], rows[index]) for index in chosen]
                print(f"{part + ' ' + name:24} {reader:13} {len(pairs):4} {line(pairs)}")


def line(pairs: Sequence[Pair]) -> str:
    """The figures of one line; a dash where no page has the label."""
    bodies = [score(read.text, row["text"]) for read, row in pairs if row["text"]]
    low = sum(f1(*each) < LOW for each in bodies)
    body = (
        " ".join(f"{value:.4f}" for value in mean_f1(bodies)) if bodies else "-      -      -     "
    )
    days = [day_of(read, row) for read, row in pairs if row["date"]]
    shares = "  ".join(
        share([check(read, row) for read, row in pairs if row[label]]) for label, check in CHECKS
    )
    counts = " ".join(f"{days.count(kind):5}" for kind in ("right", "wrong", "none"))
    lost = sum(read.outcome != "article" for read, _ in pairs)
    return f" {body} {low:4}  {shares}       {counts} {lost:9}"


def f1(precision: float, recall: float) -> float:
    """The F1 of one page."""
    total = precision + recall
    return 2 * precision * recall / total if total else 0.0


def same_title(reading: Reading, row: Row) -> bool:
    """Whether the words are the same."""
    return normalise_words(reading.title) == normalise_words(row["title"])


def same_authors(reading: Reading, row: Row) -> bool:
    """Whether the same people are named.

    Some labels are a whole byline: one with several people is parted, what follows a bar or slash
    or stands in brackets is left out. Agencies of the directory, desks, and the site's own name
    are no people, unless the reader names a person who calls the site after himself.
    """
    host = urlsplit(row["url"] or "").hostname or ""
    found = {normalise_words(name) for name in reading.authors}
    wanted = set()
    for label in labels_of(row):
        if read_names(label):
            continue
        for name in BETWEEN.split(AFTER_NAME.sub("", label)):
            words = normalise_words(name)
            no_person = DESK.search(name) or names_site(name, None, host)
            if words and (words in found or not no_person):
                wanted.add(words)
    return found == wanted


def same_labels(reading: Reading, row: Row) -> bool:
    """Whether the names are those of the labels as they are."""
    return {normalise_words(name) for name in reading.authors} == set(
        map(normalise_words, labels_of(row))
    )


def labels_of(row: Row) -> list[str]:
    """The authors of a page's label; a few are a text and no list."""
    labels = row["authors"] or []
    return [labels] if isinstance(labels, str) else list(labels)


CHECKS: tuple[tuple[str, Callable[[Reading, Row], bool]], ...] = (
    ("title", same_title),
    ("authors", same_authors),
    ("authors", same_labels),
)


def day_of(reading: Reading, row: Row) -> str:
    """Whether the day of publication is `right`, `wrong` or `none`."""
    if not reading.day:
        return "none"
    return "right" if reading.day == row["date"] else "wrong"


def share(hits: Sequence[bool]) -> str:
    """A share of hits, for the table."""
    return f"{sum(hits) / len(hits):.3f}" if hits else "    -"
