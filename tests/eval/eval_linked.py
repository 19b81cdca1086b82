"""How well translations are linked: `python -m tests.eval.eval_linked [--set train|test]`.

All texts of a half of the data come one after the other, in an order by lot, as stories of one
window. Each is compared with those before it, by what the packed form of its concepts keeps, and a
pair with at least the score of a link is listed by both, the best first, as many as an event may
list. A pair of translations is found if one of them lists the other; a pair of anything else is
false.
"""

import argparse
import random
import time
from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from service.contract.translations import MOST_TRANSLATIONS
from service.link.guards import LEAST_WORDS, SHORT_WORDS
from service.link.story import LinkStory
from service.link.verifier import LINKED
from tests.bench.figures import shared_data
from tests.eval.linked_rows import LinkedRow, load_window
from tests.eval.linked_story import linked_story
from tests.eval.linked_traps import linked_traps
from tests.link.story_window import StoryWindow

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
        false: pairs that were linked and are no translations of one another, best score first.
        texts: number of texts in the window.
        single: texts that have no translation in the window, and how many of them list one.
    """

    pairs: Mapping[tuple[str, str], Found]
    false: Sequence[tuple[LinkedRow, LinkedRow, float]]
    texts: int
    single: tuple[int, int]
    seconds: float
    signing: float


def run(rows: Sequence[LinkedRow], least: float = LINKED) -> Result:
    """Link all texts."""
    begin = time.process_time()
    stories = [linked_story(str(n), row.text, row.language) for n, row in enumerate(rows)]
    signing = time.process_time() - begin
    index = StoryWindow(len(rows))
    scores: dict[frozenset[int], float] = {}
    begin = time.process_time()
    for number in random.Random(1).sample(range(len(rows)), len(rows)):
        for link in index.compared(stories[number], 0.0):
            scores[frozenset((number, int(link.story.id)))] = link.score
        index.add(stories[number])
    seconds = time.process_time() - begin
    listed = _listed({pair: score for pair, score in scores.items() if score >= least})
    false = [
        (rows[one], rows[other], scores[pair])
        for pair in listed
        for one, other in [sorted(pair)]
        if rows[one].document != rows[other].document
    ]
    single = _without_translation(rows, stories)
    wrong = single & {number for pair in listed for number in pair}
    return Result(
        _pairs(rows, stories, scores.keys(), listed),
        sorted(false, key=lambda each: -each[2]),
        len(rows),
        (len(single), len(wrong)),
        seconds,
        signing,
    )


def _listed(links: Mapping[frozenset[int], float]) -> set[frozenset[int]]:
    """The pairs that at least one of the two lists."""
    own: dict[int, list[frozenset[int]]] = defaultdict(list)
    for pair in sorted(links, key=lambda pair: (-links[pair], sorted(pair))):
        for number in pair:
            own[number].append(pair)
    return {pair for pairs in own.values() for pair in pairs[:MOST_TRANSLATIONS]}


def _without_translation(rows: Sequence[LinkedRow], stories: Sequence[LinkStory]) -> set[int]:
    """Texts whose document is in the window in no other language."""
    languages: dict[str, set[str]] = defaultdict(set)
    for row, story in zip(rows, stories, strict=True):
        languages[row.document].add(story.language)
    return {n for n, row in enumerate(rows) if len(languages[row.document]) == 1}


def _pairs(
    rows: Sequence[LinkedRow],
    stories: Sequence[LinkStory],
    compared: Container[frozenset[int]],
    listed: Container[frozenset[int]],
) -> dict[tuple[str, str], Found]:
    """Found pairs of translated documents by language (of the side that is not English; both if
    neither is) and by length of the shorter text; what is too short for a link is counted beside
    the others."""
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
            length = "long" if words >= SHORT_WORDS else "short"
            if words < LEAST_WORDS:
                length = "tiny"
            pair = frozenset((one, other))
            both = {rows[one].language, rows[other].language}
            english = ENGLISH in both
            cells = [(language, length) for language in both - {ENGLISH}]
            cells.append(("with English" if english else "without English", length))
            if not english:
                cells = [(f"{language} *", length) for language in both] + cells[-1:]
            for cell in cells:
                found[cell].pairs += 1
                found[cell].scored += pair in compared
                found[cell].linked += pair in listed
    return found


def report(result: Result) -> None:
    """Print what came of a run."""
    for language in sorted({cell[0] for cell in result.pairs}):
        cells = "  ".join(
            f"{length}: {result.pairs.get((language, length), Found())!s:<30}"
            for length in ("tiny", "short", "long")
        )
        print(f"  {language:<16} {cells}")
    share = 1000 * len(result.false) / result.texts
    print(f"  false pairs: {len(result.false)}, {share:.2f} for 1,000 of {result.texts} texts")
    texts, wrong = result.single
    share = 1000 * wrong / texts
    print(f"  texts without a translation: {wrong} of {texts} linked, {share:.2f} in 1,000")
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
    for kind, (linked, total) in linked_traps(rows, options.set, options.least).items():
        print(f"  traps, {kind}: {linked} of {total} linked")
    for row, other, score in result.false[: options.show]:
        print(f"  {score:.3f} {row.id} {row.language} {row.text[:90]!r}")
        print(f"        {other.id} {other.language} {other.text[:90]!r}")


if __name__ == "__main__":
    main()
