"""What a page costs in FOLD when the window is full of spam: `python -m tests.bench.bench_spam
[--sizes N ...] [--kinds KIND ...] [--turns N]`.

For each kind of spam, one shard for each size: some stories that the spam has nothing to do with,
or is stitched together from, and so many pages of the spam. Then each shard places a batch of the
spammer's next pages and a batch of honest copies of the other stories, in turns, so that a slower
minute of the machine slows all sizes alike. Milliseconds are processor time an article, the median
of the turns; the ratio is the median of the turns' ratios to the smallest size.
"""

import argparse
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from service.contract.extracted import Extracted
from service.fold.assign.decision import Decision, Placed
from service.fold.assign.prefetch import TOGETHER
from service.fold.shard import Shard
from tests.bench.bench_fold import WINDOW, texts
from tests.bench.figures import Table, record
from tests.bench.spam_pages import KINDS, VICTIMS, SpamPages


@dataclass
class Filled:
    """A shard with spam in its window.

    Attributes:
        stories: of the articles beside the spam, in their order.
        spam, honest: seconds of processor time an article, one for each turn.
        found: honest copies placed in the story that they are copies of.
    """

    size: int
    shard: Shard = field(default_factory=lambda: Shard(WINDOW))
    stories: list[str] = field(default_factory=list)
    spam: list[float] = field(default_factory=list)
    honest: list[float] = field(default_factory=list)
    found: int = 0

    def place(self, batch: Sequence[Extracted]) -> tuple[list[Decision], float]:
        """Place articles as FOLD does; returns the decisions and the seconds an article."""
        begun = time.process_time()
        self.shard.prefetch(batch)
        decisions = [self.shard.place(each) for each in batch]
        return decisions, (time.process_time() - begun) / len(batch)


def story_of(decision: Decision) -> str:
    """Return the story that an article was placed in."""
    return decision.placement.story_id if isinstance(decision, Placed) else ""


def filled(kind: str, sizes: Sequence[int], base: Sequence[str]) -> tuple[SpamPages, list[Filled]]:
    """Return shards with so many pages of spam each, and what makes the next pages."""
    pages = SpamPages(kind, base)
    shards = [Filled(size) for size in sizes]
    first = list(pages.first())
    for each in shards:
        each.stories = [story_of(decision) for decision in each.place(first)[0]]
    for begin in range(0, max(sizes), TOGETHER):
        batch = [pages.spam() for _ in range(TOGETHER)]
        for each in shards:
            if begin < each.size:
                each.place(batch[: each.size - begin])
    return pages, shards


def measure(kind: str, sizes: Sequence[int], turns: int, base: Sequence[str]) -> list[Filled]:
    """Fill the shards, and place pages in turns."""
    pages, shards = filled(kind, sizes, base)
    for turn in range(-2, turns):
        spam = [pages.spam() for _ in range(TOGETHER)]
        copies = [pages.honest() for _ in range(TOGETHER)]
        for each in shards if turn % 2 else reversed(shards):
            spam_seconds = each.place(spam)[1]
            decisions, honest_seconds = each.place([copy for _, copy in copies])
            if turn < 0:
                continue  # caches are cold
            each.spam.append(spam_seconds)
            each.honest.append(honest_seconds)
            each.found += sum(
                story_of(decision) == each.stories[victim]
                for (victim, _), decision in zip(copies, decisions, strict=True)
            )
    return shards


def ratio(these: Sequence[float], others: Sequence[float]) -> str:
    """Return the median of the turns' ratios."""
    return f"{median(one / other for one, other in zip(these, others, strict=True)):.2f}"


def main() -> None:
    """Measure, print, and keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 8000, 50_000])
    parser.add_argument("--kinds", nargs="+", default=KINDS, choices=KINDS)
    parser.add_argument("--turns", type=int, default=20)
    parser.add_argument("--dry", action="store_true", help="print only, write no file")
    options = parser.parse_args()
    base, sizes = texts(), sorted(options.sizes)
    table = Table(
        ["spam", "pages", "spam page", "ratio", "honest copy", "ratio", "copies found", "stories"]
    )
    for kind in options.kinds:
        shards = measure(kind, sizes, options.turns, base)
        for each in shards:
            table.add(
                kind,
                f"{each.size:,}",
                f"{median(each.spam) * 1e3:.2f} ms",
                ratio(each.spam, shards[0].spam),
                f"{median(each.honest) * 1e3:.2f} ms",
                ratio(each.honest, shards[0].honest),
                f"{each.found / (options.turns * TOGETHER):.0%}",
                f"{each.shard.story_count:,}",
            )
        print("\n".join(table.lines()), flush=True)
    if not options.dry:
        how = (
            f"{VICTIMS} other stories in each window. Processor time an article in batches of"
            f" {TOGETHER}, medians of {options.turns} turns; ratios are to the smallest window."
        )
        record("spam", "What a page costs among spam", how, [table])


if __name__ == "__main__":
    main()
