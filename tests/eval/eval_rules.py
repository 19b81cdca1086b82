"""What each rule of the clean-up is worth: `python -m tests.eval.eval_rules [--set train|test]`.

Prints the body's F1 for each collection with no rule, with all, with all but each, and with each
alone, and on how many pages the rule alone makes it better or worse.
"""

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

from service.read.page.authors import name_authors
from service.read.page.cleanup import RULES, PageFacts, Rule
from service.read.page.extraction import extract
from service.read.page.head import read_head
from service.read.page.limits import Limits
from service.read.page.paragraph import Paragraph
from service.read.page.parse import find_tagged, parse_markup
from service.read.page.structured_data import Facts
from service.read.page.title import choose_title
from service.read.page.walk import walk
from tests.eval.eval_pages import load_rows
from tests.eval.page_table import Row
from tests.eval.shingles import mean_f1, score

Found = tuple[Row, list[Paragraph], PageFacts]
Scores = list[tuple[float, float]]


def find(row: Row) -> Found:
    """A page's paragraphs before any clean-up, and what the rules are told."""
    tree = parse_markup(row["html"])
    tagged = find_tagged(tree)
    head = read_head(tree, tagged, Limits().json_bytes)
    facts = Facts(head.nodes)
    description = head.meta("description", "og:description")
    paragraphs = extract(tree, walk(tree).blocks, description).paragraphs
    title, _ = choose_title(walk(tree).blocks, head, facts, None, "", "")
    return row, paragraphs, PageFacts(title, name_authors(facts, (), None, ""))


def apply(rules: Sequence[Rule], pages: Sequence[Found]) -> Scores:
    """Precision and recall of each page after these rules."""
    scores = []
    for row, paragraphs, known in pages:
        kept = paragraphs
        for rule in rules:
            kept = rule(kept, known)
        scores.append(score("\n\n".join(paragraph.text for paragraph in kept), row["text"]))
    return scores


def print_line(name: str, scores: Scores, without: Scores, pages: Sequence[Found]) -> None:
    """F1 for each collection, and the pages that changed."""
    collections = sorted({row["set"] for row, _, _ in pages})
    figures = []
    for collection in collections:
        chosen = [
            s for s, (row, _, _) in zip(scores, pages, strict=True) if row["set"] == collection
        ]
        figures.append(f"{collection} {mean_f1(chosen)[2]:.4f}")
    pairs = list(zip(map(sum, scores), map(sum, without), strict=True))
    better, worse = sum(a > b for a, b in pairs), sum(a < b for a, b in pairs)
    print(f"{name:32} {'  '.join(figures)}  better {better:3}, worse {worse:3}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", default="train", choices=["train", "test"])
    beside = Path(__file__).parents[3] / "shared" / "data"
    folder = Path(os.environ.get("COPYDESK_SHARED_DATA") or beside)
    rows = load_rows(folder / "pages" / f"{parser.parse_args().set}.jsonl.gz")
    pages = [find(row) for row in rows]
    nothing = apply((), pages)
    print_line("no rule", nothing, nothing, pages)
    print_line("all rules", apply(RULES, pages), nothing, pages)
    for rule in RULES:
        others = [other for other in RULES if other is not rule]
        print_line(f"all but {rule.__name__}", apply(others, pages), nothing, pages)
        print_line(f"only {rule.__name__}", apply([rule], pages), nothing, pages)


if __name__ == "__main__":
    main()
