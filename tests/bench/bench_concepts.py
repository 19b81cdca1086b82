"""What concepts cost READ: `python -m tests.bench.bench_concepts [--rounds N]`, one core.

Every text is signed without and with concepts in turn, round after round; the figure of a language
is the median of its rounds, so that what else the machine does weighs on both. Then the labelled
pages are read, and what goes to `articles.extracted` is weighed without and with concepts.
"""

import argparse
import gc
import os
import random
import statistics
import time
import zlib
from collections import defaultdict
from collections.abc import Sequence

from service.contract.record import Topic
from service.read.stage import ReadOptions, read
from service.text.language_groups import language_group
from service.text.signature import LEAST_LINKED_WORDS, sign
from tests.bench.figures import Table, machine, shared_data
from tests.contract.messages import message
from tests.eval.eval_pages import load_rows
from tests.eval.linked_rows import LinkedRow, load_window

LEAST_TEXTS, MOST_TEXTS = 20, 150
"""Of a language: fewer say nothing, more take long."""

BATCH = 500
"""Records that a producer compresses in one piece, about."""


def texts_by_language() -> dict[str, list[LinkedRow]]:
    """Texts of the training half that are long enough to be linked, the same ones in every run."""
    found: dict[str, list[LinkedRow]] = defaultdict(list)
    for row in load_window("train", shared_data()):
        if sign(row.text, row.language).words >= LEAST_LINKED_WORDS:
            found[language_group(row.language)].append(row)
    draw = random.Random(1)
    return {
        language: draw.sample(rows, min(len(rows), MOST_TEXTS))
        for language, rows in sorted(found.items())
        if len(rows) >= LEAST_TEXTS
    }


def one_round(rows: Sequence[LinkedRow]) -> tuple[float, float]:
    """Processor seconds that all signatures take, without and with concepts."""
    spent = [0.0, 0.0]
    for number, row in enumerate(rows):
        for concepts in (False, True) if number % 2 else (True, False):
            start = time.process_time()
            sign(row.text, row.language, with_concepts=concepts)
            spent[concepts] += time.process_time() - start
    return spent[0], spent[1]


def signing(rounds: int) -> Table:
    """Time of a signature, by language."""
    table = Table(["language", "texts", "signature, ms", "concepts, as a share of it"])
    shares = []
    for language, rows in texts_by_language().items():
        one_round(rows)  # tables are loaded, and words known, before the clock starts
        gc.collect()
        gc.freeze()
        spent = [one_round(rows) for _ in range(rounds)]
        plain = statistics.median(without for without, _ in spent)
        share = statistics.median(both / without - 1 for without, both in spent)
        shares.append(share)
        table.add(language, str(len(rows)), f"{1000 * plain / len(rows):.2f}", f"{share:.2f}")
    table.add("mean", "", "", f"{statistics.mean(shares):.2f}")
    return table


def sizes() -> Table:
    """Bytes of an article on `articles.extracted`."""
    rows = load_rows(shared_data() / "pages" / "train.jsonl.gz")
    values: list[list[bytes]] = [[], []]
    for row in rows:
        url = (row["url"] or "https://unknown.example/article").encode()
        headers = (("url", url), ("content-type", b"text/html; charset=utf-8"))
        page = message(row["html"].encode("utf-8", "replace"), headers, key=url)
        for concepts in (False, True):
            record = read(page, ReadOptions(concepts=concepts))
            if record.topic is Topic.EXTRACTED:
                values[concepts].append(record.value or b"")
    table = Table(["articles.extracted", "articles", "bytes an article", "compressed"])
    for name, own in zip(("without concepts", "with concepts"), values, strict=True):
        pieces = [b"".join(own[at : at + BATCH]) for at in range(0, len(own), BATCH)]
        compressed = sum(len(zlib.compress(piece, 6)) for piece in pieces)
        mean = sum(map(len, own)) / len(own)
        table.add(name, str(len(own)), f"{mean:.0f}", f"{compressed / len(own):.0f}")
    return table


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args()
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    print(machine())
    for table in (signing(chosen.rounds), sizes()):
        print("\n".join(table.lines()), end="\n\n")


if __name__ == "__main__":
    main()
