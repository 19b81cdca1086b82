"""A worker through Kafka: `python -m tests.bench.bench_stream [--pages N]`, on Apache Kafka.

What a worker reaches over a broker beside what its child processes reach alone; what it reaches
where reading a page costs nothing; how long a page takes to become an event at half of the highest
load; and the processor time and bytes that a thousand pages cost, also with more partitions and
workers. Writes `deploy/benchmarks/stream.md`, and `stream.json` for `tests/bench/sizing.py`.
"""

import argparse
import asyncio
import json
import os
import statistics
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from deploy.kafka.node import KafkaNode
from service.worker.kafka.topics import create_topics
from tests.bench.crawl import generated_crawl
from tests.bench.figures import FOLDER, machine, record, shared_data
from tests.bench.picture import draw_bars
from tests.bench.stream_fold import fold_waiting
from tests.bench.stream_growth import grow
from tests.bench.stream_latency import latency
from tests.bench.stream_pages import bare_read, fed, nothing_to_read
from tests.bench.stream_run import Crew, Spent, finish, rate, topic_figures, wait_for
from tests.bench.stream_tables import costs_by_size, tables
from tests.brokers.plugin import Broker
from tests.worker.deployment import Deployment
from tests.worker.feeding import Fed, feed
from tests.worker.running_worker import running_worker

ROUNDS = 3


def through(node: KafkaNode, pages: Sequence[Fed], cores: int, late: int = 0) -> dict[str, Any]:
    """One worker, fed before it starts; counted from a tenth of the way on.

    Args:
        late: how many pages to feed again afterwards, at half the rate, for their latency.
    """
    with tempfile.TemporaryDirectory() as folder:
        broker = Broker(node.bootstrap, transactions=True)
        deployment = Deployment(broker, Path(folder), {"extractors": str(cores)})
        asyncio.run(create_topics(deployment.settings))
        asyncio.run(feed(deployment, pages))
        with running_worker(deployment) as worker:
            crew = Crew([worker], node.pid)
            done = wait_for(crew, len(pages) // 10)
            before = crew.seconds()
            now = wait_for(crew, len(pages))
            spent = Spent.between(before, crew.seconds(), now - done)
            reached = rate(finish(crew, deployment, len(pages)))
            measured: dict[str, Any] = {"pages_a_second": reached, "seconds": spent.seconds}
            measured["load"] = os.getloadavg()[0]
            if late:
                p50, p99 = latency(deployment, pages[:late], reached / 2)
                measured["latency"] = {"rate": reached / 2, "p50": p50, "p99": p99}
        measured["topics"] = topic_figures(deployment, node.home / "data", len(pages) + late)
    return measured


def median_of(rounds: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The round in the middle by its rate."""
    middle = statistics.median_low([each["pages_a_second"] for each in rounds])
    return next(each for each in rounds if each["pages_a_second"] == middle)


def main() -> None:
    """Measure, print, and keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=2_000)
    parser.add_argument("--growth", type=int, default=600, help="pages with 1, 2 and 4 workers")
    parser.add_argument("--late", type=int, default=600, help="pages for the latency")
    parser.add_argument("--empty", type=int, default=30_000, help="pages that cost nothing to read")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    chosen = parser.parse_args()
    pages = [fed(fetch) for fetch in generated_crawl(shared_data(), chosen.pages)]
    cores = len(os.sched_getaffinity(0))
    bare = [bare_read(pages, cores) for _ in range(chosen.rounds)]
    with KafkaNode() as node:
        full = [
            through(node, pages, cores, chosen.late if number == 0 else 0)
            for number in range(chosen.rounds)
        ]
        small = nothing_to_read(chosen.empty)
        empty = [through(node, small, cores) for _ in range(chosen.rounds)]
        growth = list(grow(node, pages[: chosen.growth]))
        fold = fold_waiting(node, pages[: 2 * chosen.growth], cores)
    results: dict[str, Any] = {
        "machine": machine(),
        "cores": cores,
        "pages": len(pages),
        "page_bytes": sum(len(page.value or b"") for page in pages) / len(pages),
        "bare": {
            "processes": cores,
            "pages_a_second": statistics.median(reached for reached, _ in bare),
            "seconds": 1000 * statistics.median(seconds for _, seconds in bare),
        },
        "through": {**full[0], **median_of(full)},
        "empty": {"pages": chosen.empty, **median_of(empty)},
        "growth": growth,
        "fold": fold,
    }
    (FOLDER / "stream.json").write_text(json.dumps(results, indent=1) + "\n")
    record(
        "stream",
        "A worker through Kafka",
        f"{len(pages):,} pages of the generated crawl ({results['page_bytes'] / 1000:.0f} kB on"
        " average) over Apache Kafka; broker, feeder and worker on one machine, which other work"
        f" kept busy (load {results['through']['load']:.0f} on {cores} cores): rates are what it"
        " left over, processor times count more. Medians of"
        f" {chosen.rounds} rounds.",
        tables(results),
    )
    draw_bars("stream", "Processor seconds a 1,000 pages", costs_by_size(results))


if __name__ == "__main__":
    main()
