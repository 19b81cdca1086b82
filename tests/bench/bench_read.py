"""READ beside its peers: `python -m tests.bench.bench_read [--rounds N]`, one core.

Every page is read by all readers in turn before the next, round after round; a reader's figure is
the median of its rounds, in pages a second of processor time, and its ratio to trafilatura's
default is taken round by round, so that what else the machine does weighs on both.
"""

import argparse
import gc
import os
import statistics
import time
from collections.abc import Sequence
from contextlib import suppress

from tests.bench.figures import Table, record, shared_data
from tests.bench.picture import draw_bars
from tests.bench.read_peers import READERS, Extractor
from tests.eval.eval_pages import load_rows
from tests.eval.page_table import Row
from tests.eval.shingles import mean_f1, score

BASE = "trafilatura"


def seconds(reader: Extractor, row: Row) -> float:
    """Processor time for a page."""
    start = time.process_time()
    with suppress(Exception):
        reader(row["html"], row["url"] or "https://unknown.example/article")
    return time.process_time() - start


def one_round(rows: Sequence[Row]) -> dict[str, float]:
    """Processor time for all pages, by reader."""
    spent = dict.fromkeys(READERS, 0.0)
    for row in rows:
        for name, (_, timed) in READERS.items():
            spent[name] += seconds(timed, row)
    return spent


def quality(reader: Extractor, rows: Sequence[Row]) -> float:
    """F1 of the body over word 4-grams."""
    texts = []
    for row in rows:
        try:
            texts.append(reader(row["html"], row["url"] or "https://unknown.example/article"))
        except Exception:
            texts.append("")
    pairs = zip(texts, rows, strict=True)
    return mean_f1(score(text, row["text"]) for text, row in pairs)[2]


def main() -> None:
    """Measure, print, and keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--set", default="test", choices=["train", "test"])
    chosen = parser.parse_args()
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    rows = load_rows(shared_data() / "pages" / f"{chosen.set}.jsonl.gz")
    groups = {name: [row for row in rows if row["set"] == name] for name in ("aeb", "fundus")}
    one_round(rows[:10])  # models and patterns are loaded before the clock starts
    # As the worker's children do when their tables are loaded; every reader gains by it.
    gc.collect()
    gc.freeze()
    rounds = [one_round(rows) for _ in range(chosen.rounds)]
    spent = {name: [each[name] for each in rounds] for name in READERS}
    table = Table(["reader", "pages/s a core", "times trafilatura", "F1 aeb", "F1 fundus"])
    panels: dict[str, dict[str, float]] = {"times trafilatura's speed": {}, "F1 of the body": {}}
    for name, (text, _) in READERS.items():
        rate = len(rows) / statistics.median(spent[name])
        ratio = statistics.median(
            base / own for base, own in zip(spent[BASE], spent[name], strict=True)
        )
        f1 = [quality(text, group) for group in groups.values()]
        panels["times trafilatura's speed"][name] = ratio
        panels["F1 of the body"][name] = statistics.mean(f1)
        table.add(name, f"{rate:.1f}", f"{ratio:.2f}", *(f"{value:.3f}" for value in f1))
    record(
        "read",
        "READ beside other extractors",
        f"{len(rows)} labelled pages ({chosen.set}), one core, median of {chosen.rounds} rounds; "
        "what was loaded before the first is left out of garbage collection.",
        [table],
    )
    draw_bars("read", "READ beside other extractors", panels)


if __name__ == "__main__":
    main()
