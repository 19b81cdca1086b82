"""One half of the labelled texts, by copydesk and every baseline: figures of the page on copies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from statistics import fmean

from tests.eval.baselines import COSINES, Pairs, baselines, single_link
from tests.eval.character_cosine import cosine_pairs
from tests.eval.clusters import agreement, b_cubed
from tests.eval.copy_counts import NO_COPIES, PairCounts, Share, count_kinds, count_pairs, mixed
from tests.eval.eval_stories import SEEDS, prepare, stream, wrong_merges
from tests.eval.real_rows import RealRow, load_real
from tests.eval.real_run import STREAMS, index_bytes, place, record_bytes
from tests.eval.story_rows import DATA, StoryRow, load_rows

COPYDESK = "copydesk"
TEXTS, REWRITTEN = STREAMS[:2]
MOST_MERGED = 0.01
"""Share of other newsrooms' reports of an event that the cosine's second threshold may merge."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What a method did with the real texts of a half.

    Attributes:
        pairs: by set, language and length.
        kinds: what became of each kind of text.
    """

    pairs: Mapping[tuple[str, str, str], PairCounts]
    kinds: Mapping[str, Share]

    def spun(self, language: str, *lengths: str) -> PairCounts:
        """Pairs of translations in a language, of these lengths, or of all."""
        return self.of("spun", language, *lengths)

    def of(self, name: str, language: str, *lengths: str) -> PairCounts:
        """Pairs of a set in a language, of these lengths, or of all."""
        keys = [(name, language, length) for length in lengths or ("short", "long")]
        return sum((self.pairs.get(key, PairCounts()) for key in keys), PairCounts())


@dataclass(frozen=True, slots=True)
class RealHalf:
    """Counts of each method, and bytes an article of copydesk's index and verification record."""

    part: str
    counts: Mapping[str, Counts]
    stories: Mapping[str, int]
    index: float
    record: float


@dataclass(slots=True)
class StoryFigures:
    """How a method grouped the English stories.

    Attributes:
        b_cubed: precision, recall and F1; for copydesk of its worst order.
        templates: share of pairs of texts of one template, with other facts, wrongly merged.
        swapped: share of texts with swapped names and numbers that were put with any other story.
    """

    b_cubed: tuple[float, float, float]
    templates: float
    swapped: float


@dataclass(slots=True)
class StoryHalf:
    """Figures of each method, and how far copydesk's orders agree at least (ARI)."""

    part: str
    figures: dict[str, StoryFigures] = field(default_factory=dict)
    agreement: float = 1.0


def threshold_on(part: str) -> float:
    """The lowest cosine, in steps of .01, that merges few enough reports of one event by several
    newsrooms (`same_event`, `own`, `sibling`) with a text of another story."""
    reports = 0
    wrong: list[float] = []
    for sets in (TEXTS, REWRITTEN):
        rows = load_real(part, sets)
        alone = [n for n, row in enumerate(rows) if is_report(row)]
        reports += len(alone)
        highest = dict.fromkeys(alone, 0.0)
        for (a, b), cosine in cosine_pairs([row.text for row in rows], COSINES).items():
            if rows[a].story != rows[b].story:
                highest.update((n, max(highest[n], cosine)) for n in (a, b) if n in highest)
        wrong += highest.values()
    steps = [step / 100 for step in range(round(COSINES * 100), 100)]
    few = (s for s in steps if sum(high >= s for high in wrong) <= MOST_MERGED * reports)
    return next(few, 1.0)


def is_report(row: RealRow) -> bool:
    """Whether a text is a newsroom's own report of an event that others report too."""
    return row.set == "same_event" or row.kind in NO_COPIES


def run_real(part: str, thresholds: Sequence[float]) -> RealHalf:
    """Place the real texts of a half, and count.

    Args:
        thresholds: of the cosine.
    """
    rows: list[RealRow] = []
    words: list[int] = []
    put: dict[str, set[tuple[int, int]]] = {}
    index = record = 0.0
    for sets in (TEXTS, REWRITTEN):
        texts = load_real(part, sets)
        placed = place(texts)
        found: dict[str, Pairs] = {COPYDESK: placed.put}
        found.update(baselines([row.text for row in texts], thresholds))
        for name, pairs in found.items():
            moved = ((a + len(rows), b + len(rows)) for a, b in pairs)
            put.setdefault(name, set()).update(moved)
        if sets is TEXTS:
            index, record = index_bytes(placed.articles), record_bytes(placed.articles)
        rows += texts
        words += placed.words
    counts = {}
    for name, found_pairs in put.items():
        pairs = frozenset(found_pairs)
        kinds = dict(count_kinds(rows, pairs))
        reports = frozenset(n for n, row in enumerate(rows) if is_report(row))
        kinds["reports"] = Share(len(mixed(rows, pairs) & reports), len(reports))
        counts[name] = Counts(dict(count_pairs(rows, words, pairs)), kinds)
    stories: dict[str, set[str]] = {}
    for row in rows:
        if row.set == "spun":
            stories.setdefault(row.language, set()).add(row.story)
    return RealHalf(part, counts, {each: len(own) for each, own in stories.items()}, index, record)


def run_stories(part: str, thresholds: Sequence[float]) -> StoryHalf:
    """Group the English stories of a half: copydesk in several orders; of the test half, others
    by single link, which learn nothing from the training half."""
    rows = load_rows(DATA / f"{part}.jsonl.gz")
    half = StoryHalf(part)
    articles, _ = prepare(rows)
    orders = []
    for seed in SEEDS:
        run = stream(articles, seed)
        orders.append([run.found[number] for number in range(len(rows))])
    worst = [figures_of(rows, labels) for labels in orders]
    half.figures[COPYDESK] = StoryFigures(
        min((each.b_cubed for each in worst), key=lambda each: each[2]),
        fmean(each.templates for each in worst),
        fmean(each.swapped for each in worst),
    )
    half.agreement = min(agreement(a, b) for a, b in combinations(orders, 2))
    if part == "test":
        for name, pairs in baselines([row.text for row in rows], thresholds):
            half.figures[name] = figures_of(rows, single_link(len(rows), pairs))
    return half


def figures_of(rows: Sequence[StoryRow], labels: Sequence[str] | Sequence[int]) -> StoryFigures:
    """How one grouping agrees with the labels."""
    cubed = b_cubed([row.story for row in rows], labels)
    wrong = wrong_merges(rows, labels)
    return StoryFigures(
        (cubed.precision, cubed.recall, cubed.f1), wrong.template_pairs, wrong.swapped
    )
