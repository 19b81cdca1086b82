"""How well translations are linked: `python -m tests.eval.eval_linked [--set train|test]`.

All texts of a half of the data come one after the other, in an order by lot, as stories of one
window, and each is linked with those before it. A pair of translations is found if the later links
to the earlier; a link with anything else is false.
"""

import argparse
import random
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from service.link.guards import SHORT_WORDS
from service.link.index import LinkIndex
from service.link.story import LinkStory, link_story
from service.link.verifier import LINKED
from tests.bench.figures import shared_data
from tests.eval.linked_rows import LinkedRow, load_window
from tests.eval.linked_traps import linked_traps

ENGLISH = "en"


@dataclass
class Found:
    """Pairs that were found, of those that there are, and whether they were candidates."""

    pairs: int = 0
    linked: int = 0
    scored: int = 0

    def __str__(self) -> str:
        share = self.linked / self.pairs if self.pairs else 0.0
        return f"{self.linked}/{self.pairs} {share:.2f} ({self.scored} compared)"


@dataclass
class Result:
    """What came of a run.

    Attributes:
        pairs: found, by language and length.
        false: ids of texts that were linked to what is no translation of theirs, with the other.
        asked: number of texts that asked.
    """

    pairs: Mapping[tuple[str, str], Found]
    false: Sequence[tuple[LinkedRow, LinkedRow, float]]
    asked: int
    seconds: float
    signing: float = 0.0
    scores: dict[frozenset[int], float] = field(default_factory=dict)


def run(rows: Sequence[LinkedRow], least: float = LINKED) -> Result:
    """Link all texts."""
    begin = time.process_time()
    stories = [link_story(str(n), row.text, row.language) for n, row in enumerate(rows)]
    signing = time.process_time() - begin
    index = LinkIndex(len(rows))
    scores: dict[frozenset[int], float] = {}
    false: list[tuple[LinkedRow, LinkedRow, float]] = []
    begin = time.process_time()
    for number in random.Random(1).sample(range(len(rows)), len(rows)):
        row, story = rows[number], stories[number]
        wrong = None
        for link in index.compared(story, 0.0):
            other = int(link.story.id)
            scores[frozenset((number, other))] = link.score
            if link.score >= least and rows[other].document != row.document:
                wrong = wrong or (row, rows[other], link.score)
        if wrong:
            false.append(wrong)
        index.add(story)
    seconds = time.process_time() - begin
    return Result(_pairs(rows, stories, scores, least), false, len(rows), seconds, signing, scores)


def _pairs(
    rows: Sequence[LinkedRow],
    stories: Sequence[LinkStory],
    scores: Mapping[frozenset[int], float],
    least: float,
) -> dict[tuple[str, str], Found]:
    """Found pairs of translated documents by language (of the side that is not English; both if
    neither is) and by length."""
    documents: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        if not row.beside:
            documents[row.document].append(number)
    found: dict[tuple[str, str], Found] = defaultdict(Found)
    for own in documents.values():
        for one, other in combinations(own, 2):
            if stories[one].language == stories[other].language:
                continue
            words = min(stories[one].concepts.words, stories[other].concepts.words)
            length = "short" if words < SHORT_WORDS else "long"
            score = scores.get(frozenset((one, other)))
            both = {rows[one].language, rows[other].language}
            english = ENGLISH in both
            cells = [(language, length) for language in both - {ENGLISH}]
            cells.append(("with English" if english else "without English", length))
            if not english:
                cells = [(f"{language} *", length) for language in both] + cells[-1:]
            for cell in cells:
                found[cell].pairs += 1
                found[cell].scored += score is not None
                found[cell].linked += score is not None and score >= least
    return found


def report(result: Result) -> None:
    """Print what came of a run."""
    for language in sorted({cell[0] for cell in result.pairs}):
        cells = "  ".join(
            f"{length}: {result.pairs.get((language, length), Found())!s:<32}"
            for length in ("short", "long")
        )
        print(f"  {language:<16} {cells}")
    share = 1000 * len(result.false) / result.asked
    print(f"  false links: {len(result.false)} of {result.asked} texts, {share:.2f} in 1,000")
    print(f"  signed in {result.signing:.1f} s, linked in {result.seconds:.1f} s of CPU")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", choices=("train", "test"), default="train")
    parser.add_argument("--data", type=Path, default=shared_data())
    parser.add_argument("--least", type=float, default=LINKED, help="least score of a link")
    parser.add_argument("--show", type=int, default=0, help="false links to show")
    options = parser.parse_args()
    rows = load_window(options.set, options.data)
    result = run(rows, options.least)
    print(f"{options.set}: {len(rows)} texts in the window, links from {options.least}")
    report(result)
    for kind, (linked, total) in linked_traps(rows, options.least).items():
        print(f"  traps, {kind}: {linked} of {total} linked")
    for row, other, score in result.false[: options.show]:
        print(f"  {score:.3f} {row.id} {row.language} {row.text[:90]!r}")
        print(f"        {other.id} {other.language} {other.text[:90]!r}")


if __name__ == "__main__":
    main()
