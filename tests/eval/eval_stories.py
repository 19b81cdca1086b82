"""How well copies are folded: `python -m tests.eval.eval_stories [--set train|test] [--baselines]`.

Streams the recorded stories in three shuffled orders through the signature and one shard, a second
apart, and prints how the stories found agree with the labels. With `--baselines`, what a user would
get elsewhere, on the same texts (see `tests.eval.baselines`), grouped by single link.
"""

import argparse
import random
import time
from collections.abc import Container, Hashable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path
from statistics import fmean
from typing import Protocol

from service.contract.article import Article
from service.contract.attribution import Wire
from service.contract.extracted import Extracted, SourcePosition
from service.contract.identity import article_uri, digest
from service.contract.story import Relation
from service.fold.assign.decision import Placed
from service.fold.shard import Shard
from service.text.signature import sign
from tests.eval.clusters import agreement, b_cubed, pairwise
from tests.eval.story_rows import DATA, StoryRow, load_rows

START = datetime(2026, 1, 1, tzinfo=UTC)
SEEDS = (1, 2, 3)
TEMPLATES = frozenset({"template", "template_real", "template_copy"})


@dataclass(frozen=True)
class Run:
    """Rows in the order they were streamed in, and by row number the story each was put in, and its
    relation to it on arrival."""

    order: tuple[int, ...]
    found: dict[int, str]
    relations: dict[int, Relation]
    seconds: float


class Row(Protocol):
    """A text to place."""

    @property
    def id(self) -> str: ...

    @property
    def text(self) -> str: ...


def prepare(
    rows: Sequence[Row], languages: Sequence[str] | None = None
) -> tuple[list[Extracted], float]:
    """The rows as READ would hand them over, and the seconds that signing them took.

    Args:
        languages: of the rows; English if None.
    """
    if languages is None:
        languages = ["en"] * len(rows)
    begun = time.process_time()
    signatures = [sign(row.text, language) for row, language in zip(rows, languages, strict=True)]
    seconds = time.process_time() - begun
    articles = []
    signed = zip(rows, signatures, languages, strict=True)
    for number, (row, signature, language) in enumerate(signed):
        url = f"https://{number}.example/{row.id}"
        article = Article(
            uri=article_uri(url),
            url=url,
            canonical_url=url,
            host=f"{number}.example",
            title="",
            text=row.text,
            language=language,
            content_hash=digest(row.text),
        )
        source = SourcePosition(topic="pages.raw", partition=0, offset=0)
        articles.append(Extracted(article=article, wire=Wire(), signature=signature, source=source))
    return articles, seconds


def stream(articles: Sequence[Extracted], seed: int, *, join_rewrites: bool = True) -> Run:
    """Place the articles in an order by lot, a second apart."""
    order = list(range(len(articles)))
    random.Random(seed).shuffle(order)
    shard = Shard(join_rewrites=join_rewrites)
    found: dict[int, str] = {}
    relations: dict[int, Relation] = {}
    into: dict[str, str] = {}
    timed = []
    for offset, number in enumerate(order):
        dated = articles[number].article.model_copy(
            update={"fetched_at": START + timedelta(seconds=offset)}
        )
        source = articles[number].source.model_copy(update={"offset": offset})
        timed.append(articles[number].model_copy(update={"article": dated, "source": source}))
    begun = time.process_time()
    for number, article in zip(order, timed, strict=True):
        decision = shard.place(article)
        if isinstance(decision, Placed):
            found[number] = decision.placement.story_id
            relations[number] = decision.placement.relation
            into.update((s.id, s.merged_into) for s in decision.stories if s.merged_into)
    seconds = time.process_time() - begun
    for number, story in found.items():
        while story in into:
            story = into[story]
        found[number] = story
    return Run(tuple(order), found, relations, seconds)


def report(name: str, rows: Sequence[StoryRow], found: Sequence[Hashable]) -> None:
    """One line of figures."""
    truth = [row.story for row in rows]
    pairs, cubed = pairwise(truth, found), b_cubed(truth, found)
    print(
        f"{name:<24} pairwise P {pairs.precision:.4f} R {pairs.recall:.4f} F1 {pairs.f1:.4f}  "
        f"ARI {agreement(truth, found):.4f}  "
        f"B-cubed P {cubed.precision:.4f} R {cubed.recall:.4f} F {cubed.f1:.4f}"
    )


def recall_by_kind(rows: Sequence[StoryRow], found: Sequence[Hashable]) -> dict[str, float]:
    """Of the texts of each kind, the share put in the story of the original they were made of."""
    originals = {row.story: n for n, row in enumerate(rows) if row.kind == "original"}
    right: dict[str, list[bool]] = {}
    for number, row in enumerate(rows):
        original = originals.get(row.story, number)
        if original != number:
            right.setdefault(row.kind, []).append(found[number] == found[original])
    return {kind: sum(values) / len(values) for kind, values in sorted(right.items())}


@dataclass(frozen=True)
class WrongMerges:
    """Shares of what must stay apart and was put together.

    Attributes:
        template_pairs: of pairs of template texts of different stories.
        template_texts: of template texts, those put with any text of another story.
        swapped: of the texts with swapped names and numbers, those put with any other story.
    """

    template_pairs: float
    template_texts: float
    swapped: float

    def __str__(self) -> str:
        return (
            f"wrongly merged: template pairs {self.template_pairs:.3%}, "
            f"template texts {self.template_texts:.2%}, entity_swapped {self.swapped:.2%}"
        )


def wrong_merges(rows: Sequence[StoryRow], found: Sequence[Hashable]) -> WrongMerges:
    """Count them."""
    holders: dict[Hashable, set[str]] = {}
    for row, story in zip(rows, found, strict=True):
        holders.setdefault(story, set()).add(row.story)

    def mixed(kinds: Container[str]) -> float:
        chosen = [n for n, row in enumerate(rows) if row.kind in kinds]
        return sum(len(holders[found[n]]) > 1 for n in chosen) / max(len(chosen), 1)

    templates = [n for n, row in enumerate(rows) if row.kind in TEMPLATES]
    apart = [(a, b) for a, b in combinations(templates, 2) if rows[a].story != rows[b].story]
    together = sum(found[a] == found[b] for a, b in apart)
    return WrongMerges(together / max(len(apart), 1), mixed(TEMPLATES), mixed(("entity_swapped",)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--set", choices=["train", "test"], default="test")
    parser.add_argument("--baselines", action="store_true")
    options = parser.parse_args()
    rows = load_rows(options.data / f"{options.set}.jsonl.gz")
    articles, signing = prepare(rows)
    print(
        f"{len(rows)} texts of {options.set}; signed at {len(rows) / signing:.0f} a second of CPU"
    )
    runs = [stream(articles, seed) for seed in SEEDS]
    for seed, run in zip(SEEDS, runs, strict=True):
        found = [run.found[n] for n in range(len(rows))]
        report(f"copydesk, order {seed}", rows, found)
    for run in runs:
        found = [run.found[n] for n in range(len(rows))]
        kinds = "  ".join(f"{k} {v:.3f}" for k, v in recall_by_kind(rows, found).items())
        print(f"  recall by kind: {kinds}")
        print(f"  {wrong_merges(rows, found)}; {len(rows) / run.seconds:.0f} a second of CPU")
    agreements = [
        agreement([a.found[n] for n in range(len(rows))], [b.found[n] for n in range(len(rows))])
        for a, b in combinations(runs, 2)
    ]
    print(
        f"agreement between orders (ARI): {fmean(agreements):.4f}, {min(agreements):.4f} at least"
    )
    if options.baselines:
        from tests.eval.baselines import baselines, single_link

        for name, pairs in baselines([row.text for row in rows]):
            labels = single_link(len(rows), pairs)
            report(name, rows, labels)
            print(f"  {wrong_merges(rows, labels)}")


if __name__ == "__main__":
    main()
