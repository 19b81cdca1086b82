"""How well a new version tells what changed: `python -m tests.eval.eval_changes [train|test]`.

Prints of how many pairs with known edits the added sentences and the number of removed ones are
exactly right, and on how many pairs that differ in furniture alone nothing is reported; then the
bytes of the fingerprints.
"""

import argparse
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from service.contract.changes import Changes
from service.contract.fold_state import ClockRecord
from service.fold.assign.changes import changes_since
from service.fold.state.article import ArticleState
from service.fold.verify.text_record import packed_bytes, unpack_bytes
from tests.eval.revision_pairs import Page, Pair, edited_pairs, furniture_pairs, pages

PAGES = Path(__file__).parents[3] / "shared" / "data" / "pages"
PAIRS = 50


@dataclass
class Score:
    """Pairs measured of one sort, and the wrong ones with what was reported. `unknown` are those
    of texts without fingerprints."""

    pairs: int = 0
    right: int = 0
    unknown: int = 0
    by_kind: Counter[str] = field(default_factory=Counter)
    wrong: list[tuple[Pair, Changes]] = field(default_factory=list)

    def enter(self, pair: Pair, said: Changes, *, right: bool) -> None:
        """Count a pair."""
        self.pairs += 1
        self.right += right
        self.unknown += said.added is None
        self.by_kind[f"{pair.kind} {'right' if right else 'wrong'}"] += 1
        if not right:
            self.wrong.append((pair, said))


def reported(pair: Pair) -> Changes:
    """Return what FOLD reports of the second capture against the first."""
    clock = ClockRecord(now=0.0)
    before = ArticleState.of(pair.first, None, 0, 0.0, clock)
    record = unpack_bytes(packed_bytes(pair.first.signature.record))
    return changes_since(before, record, pair.second)


def is_exact(pair: Pair, said: Changes) -> bool:
    """Return True if just the edit is reported."""
    if said.sentences != pair.added or (said.added, said.removed) != (
        len(pair.added),
        pair.removed,
    ):
        return False
    return pair.number is None or said.numbers_added == (pair.number,)


def is_silent(pair: Pair, said: Changes) -> bool:
    """Return True if no change is reported. Of texts that are too long for fingerprints none ever
    is: they are counted apart."""
    return said in (
        Changes(against=said.against, added=0, removed=0),
        Changes(against=said.against),
    )


def measure(found: list[Page], count: int = PAIRS) -> tuple[Score, Score]:
    """Return the scores of pairs with edits, and of pairs that differ in furniture alone."""
    edits, furniture = Score(), Score()
    for pair in islice(edited_pairs(found), count):
        said = reported(pair)
        edits.enter(pair, said, right=is_exact(pair, said))
    for pair in islice(furniture_pairs(found), count):
        said = reported(pair)
        furniture.enter(pair, said, right=is_silent(pair, said))
    return edits, furniture


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m tests.eval.eval_changes")
    options.add_argument("part", nargs="?", default="train", choices=("train", "test"))
    options.add_argument("--pairs", type=int, default=PAIRS)
    options.add_argument("--wrong", action="store_true", help="print the pairs that are wrong")
    given = options.parse_args()
    found = list(pages(PAGES / f"{given.part}.jsonl.gz"))
    edits, furniture = measure(found, given.pairs)
    for name, score in (("known edits", edits), ("furniture alone", furniture)):
        print(
            f"{name:16} {score.right:3} of {score.pairs:3} right,"
            f" {score.unknown} without fingerprints  {dict(score.by_kind)}"
        )
        for pair, said in score.wrong if given.wrong else ():
            print(
                f"\n{pair.kind} {pair.first.article.url}\n  {pair.added} {pair.removed}\n  {said}"
            )
    sizes = [len(page.extracted.signature.sentences or "") for page in found]
    print(
        f"fingerprints: {sum(sizes) / len(sizes):.0f} bytes an article, at most {max(sizes)};"
        f" {sizes.count(0)} of {len(sizes)} texts are too long for them"
    )


if __name__ == "__main__":
    main()
