"""How well agencies are told: `python -m tests.eval.eval_wire [train|test] [--misses]`.

Reads the recorded pages, attributes each, and compares with the labels in
`tests/read/attribution/labels.toml`.
Prints, for each half, precision and recall an agency and a rule, and whether the confidence is
worth its name; then the same for the sentences that only mention agencies and for the table of
forms. A verdict is right for an agency that signs the page by its label; pages with no label are
signed by none.
"""

import argparse
import gzip
import json
import re
import time
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from service.contract.article import Article
from service.contract.outcome import Failed, Rejected
from service.contract.page import RawPage
from service.read.attribution import Attribution, attribute
from service.read.attribution.verdict import WEIGHTS, family
from service.read.page import read_page
from service.read.page.limits import Limits
from tests.read.attribution.articles import article
from tests.read.attribution.forms import form_rows, rule_of, signed

HERE = Path(__file__).parent
LABELS = HERE.parent / "read" / "attribution" / "labels.toml"
MENTIONS = HERE.parent / "read" / "attribution" / "mentions.txt"
PAGES = HERE.parents[2] / "shared" / "data" / "pages"
LIMITS = Limits()
PRIOR_MATCHES = 20
PRIOR = 0.95
PRIORS = {
    "doubtful": 0.3,
    "shared": 0.8,
    "jsonld.publisher": 0.8,
    "source.bare": 0.75,
    "head_line": 0.85,
    "head_line.bare": 0.75,
}
"""What a family of rules is worth before any page was seen, at the weight of 20 matches: the
labelled pages are few and most rules never err on them."""
BANDS = (0.5, 0.8, 0.9, 0.95, 0.99, 1.01)


@dataclass(slots=True)
class OutcomeCounts:
    """Verdicts counted: right, wrong, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of what was named that is so; 1 where nothing was named."""
        named = self.right + self.wrong
        return self.right / named if named else 1.0

    @property
    def recall(self) -> float:
        """Share of what is so that was named; 1 where there was nothing to name."""
        there = self.right + self.missed
        return self.right / there if there else 1.0

    def __str__(self) -> str:
        return (
            f"P {self.precision:.3f}  R {self.recall:.3f}"
            f"  ({self.right} right, {self.wrong} wrong, {self.missed} missed)"
        )


@dataclass(slots=True)
class Score:
    """Tallies over a set of pages."""

    whole: OutcomeCounts = field(default_factory=OutcomeCounts)
    main: OutcomeCounts = field(default_factory=OutcomeCounts)
    agencies: dict[str, OutcomeCounts] = field(default_factory=lambda: defaultdict(OutcomeCounts))
    rules: dict[str, OutcomeCounts] = field(default_factory=lambda: defaultdict(OutcomeCounts))
    families: dict[str, OutcomeCounts] = field(default_factory=lambda: defaultdict(OutcomeCounts))
    confidence: list[tuple[float, bool]] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)
    unread: int = 0
    seconds: float = 0.0
    pages: int = 0

    def add(self, id: str, truth: list[str], result: Attribution) -> None:
        """Count one page."""
        named = result.wire.agencies
        for agency in {*named, *truth}:
            tallies = (self.whole, self.agencies[agency])
            kind = "missed" if agency not in named else "right" if agency in truth else "wrong"
            for tally in tallies:
                setattr(tally, kind, getattr(tally, kind) + 1)
            if kind != "right":
                self.misses.append(f"{kind:6} {agency:12} {id}")
        found = defaultdict(set)
        for item in result.wire.evidence:
            found[item.rule].add(item.agency)
        for rule, agencies in found.items():
            self.rules[rule].right += len(agencies & set(truth))
            self.rules[rule].wrong += len(agencies - set(truth))
        for pair in {(family(item.rule), item.agency) for item in result.wire.evidence}:
            kind = "right" if pair[1] in truth else "wrong"
            setattr(self.families[pair[0]], kind, getattr(self.families[pair[0]], kind) + 1)
        if result.wire.agency is not None:
            self.confidence.append((result.wire.confidence, result.wire.agency in truth))


def read_pages(half: str) -> Iterator[tuple[str, Article | None]]:
    """The recorded pages as articles; None for one that is turned away."""
    with gzip.open(PAGES / f"{half}.jsonl.gz") as lines:
        for line in lines:
            row = json.loads(line)
            try:
                yield row["id"], read_page(RawPage(url=row["url"], text=row["html"]), LIMITS)
            except (Rejected, Failed):
                yield row["id"], None


def score_pages(half: str) -> Score:
    """Attribute every page of a half and count."""
    labels: dict[str, list[str]] = tomllib.loads(LABELS.read_text(encoding="utf-8"))[half]
    score = Score()
    for id, page in read_pages(half):
        truth = labels.get(id, [])
        if page is None:
            score.unread += 1
            score.whole.missed += len(truth)
            continue
        start = time.perf_counter()
        result = attribute(page)
        score.seconds += time.perf_counter() - start
        score.pages += 1
        score.add(id, truth, result)
    return score


def show(half: str, score: Score, *, misses: bool) -> None:
    """Print a score."""
    print(f"\n== {half}: {score.pages} pages, {score.unread} unread")
    print(f"all verdicts   {score.whole}")
    print(f"               {1000 * score.seconds / max(score.pages, 1):.2f} ms a page")
    print("\nagency")
    for agency, tally in sorted(score.agencies.items()):
        print(f"  {agency:16} {tally}")
    print("\nrule (right and wrong matches)")
    for rule, tally in sorted(score.rules.items()):
        print(f"  {rule:34} P {tally.precision:.3f}  ({tally.right} right, {tally.wrong} wrong)")
    print("\nfamily of rules, its weight, and what these pages would make it")
    for name, tally in sorted(score.families.items()):
        prior = PRIORS.get(name, PRIOR)
        fitted = (tally.right + PRIOR_MATCHES * prior) / (tally.right + tally.wrong + PRIOR_MATCHES)
        print(
            f"  {name:28} {WEIGHTS[name]:.3f}  {fitted:.3f}"
            f"  ({tally.right} right, {tally.wrong} wrong)"
        )
    print("\nconfidence      verdicts  said   right")
    for low, high in pairwise(BANDS):
        band = [(sure, right) for sure, right in score.confidence if low <= sure < high]
        if band:
            said = sum(sure for sure, _ in band) / len(band)
            right = sum(right for _, right in band) / len(band)
            print(f"  {low:.2f} to {min(high, 1):.2f}  {len(band):8}  {said:.3f}  {right:.3f}")
    if misses:
        print()
        for line in score.misses:
            print(f"  {line}")


def mentions() -> list[str]:
    """The sentences that mention agencies without being signed by them."""
    lines = MENTIONS.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def score_mentions() -> tuple[int, list[str]]:
    """How many sentences there are, and which of them were taken for a signature, each tried as
    a whole text, and as the first and the last paragraph of one."""
    filler = "The council meets again in spring. Nothing else was decided on that evening."
    wrong = []
    sentences = mentions()
    for sentence in sentences:
        texts = (sentence, f"{sentence}\n\n{filler}", f"{filler}\n\n{sentence}")
        language = "und" if re.search(r"[^\x00-\x7f]", sentence) else "en"
        if any(attribute(article(text, language=language)).wire.agencies for text in texts):
            wrong.append(sentence)
    return len(sentences), wrong


def score_forms() -> tuple[OutcomeCounts, list[str]]:
    """The table of forms: a form told is right, one not told is missed, a likeness taken for any
    agency's is wrong."""
    tally, misses = OutcomeCounts(), []
    for position, agency, form, language, yes, no in form_rows():
        if (agency, rule_of(position, form)) in signed(position, language, yes):
            tally.right += 1
        else:
            tally.missed += 1
            misses.append(f"missed {agency:12} {position}.{form}")
        if signed(position, language, no):
            tally.wrong += 1
            misses.append(f"wrong  {agency:12} {position}.{form}")
    return tally, misses


def main() -> None:
    """Print all of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("halves", nargs="*", default=["train", "test"])
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    for half in options.halves:
        show(half, score_pages(half), misses=options.misses)
    tally, wrong_forms = score_forms()
    print(f"\n== table of forms: {tally}")
    number, wrong = score_mentions()
    print(f"\n== {number} sentences that mention: {len(wrong)} taken for signatures")
    for line in (*wrong_forms, *wrong):
        print(f"  {line}")


if __name__ == "__main__":
    main()
