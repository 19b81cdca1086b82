"""Alignment of partitions: `python -m tests.bench.bench_backfill [--pages N]`, on Apache Kafka.

A month of pages is fed in the order of fetch and read from several partitions by one and by three
workers, one of which is killed in the middle: copies found beside those of `copydesk fold` on the
pages in order, pages lost or doubled, disorder of FOLD's input, memory; and the same without
alignment. Then what alignment costs live operation: rate and processor time where reading a page
costs nothing, and the latency of a page. Writes `deploy/benchmarks/backfill.md`.
"""

import argparse
import asyncio
import os
import statistics
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from deploy.kafka.node import KafkaNode
from service.worker.kafka.topics import create_topics
from tests.bench.backfill_run import Backfill, backfill, copies_in_order
from tests.bench.figures import Table, record
from tests.bench.made_month import MonthPage, made_month
from tests.bench.processor_time import own_seconds
from tests.bench.stream_latency import latency
from tests.bench.stream_pages import nothing_to_read
from tests.bench.stream_run import Crew, finish, rate
from tests.brokers.plugin import Broker
from tests.worker.deployment import Deployment
from tests.worker.feeding import Fed, feed
from tests.worker.running_worker import running_worker

_ALIGNED, _NOT_ALIGNED = 360.0, 0.0
_LIVE_RATE = 20.0


@dataclass(frozen=True)
class Shape:
    """Partitions, workers, whether one is killed, and COPYDESK_ALIGN_MINUTES."""

    partitions: int
    workers: int = 1
    kill: bool = False
    align_minutes: float = _ALIGNED

    @property
    def cells(self) -> tuple[str, str, str, str]:
        return (
            str(self.partitions),
            str(self.workers),
            "yes" if self.kill else "no",
            f"{self.align_minutes:g} min" if self.align_minutes else "off",
        )


SHAPES = (
    Shape(1),
    Shape(4),
    Shape(4, align_minutes=_NOT_ALIGNED),
    Shape(4, 3),
    Shape(4, 3, kill=True),
    Shape(12),
    Shape(12, align_minutes=_NOT_ALIGNED),
    Shape(12, 3),
    Shape(12, 3, align_minutes=_NOT_ALIGNED),
    Shape(12, 3, kill=True),
)


def month(node: KafkaNode, pages: Sequence[MonthPage], shape: Shape) -> Backfill:
    """One backfill of the month."""
    with tempfile.TemporaryDirectory() as folder:
        broker = Broker(node.bootstrap, transactions=True)
        return asyncio.run(
            backfill(
                broker,
                Path(folder),
                pages,
                partitions=shape.partitions,
                workers=shape.workers,
                kill=shape.kill,
                align_minutes=shape.align_minutes,
            )
        )


def month_table(node: KafkaNode, pages: Sequence[MonthPage], shapes: Sequence[Shape]) -> Table:
    """A row for each shape, printed as it comes."""
    in_order = asyncio.run(copies_in_order(pages))
    table = Table(
        (
            *("partitions", "workers", "killed", "alignment", f"copies of {in_order}"),
            *("lost", "doubled", "disorder p99, worst", "held", "pages/s", "worker MB"),
        )
    )
    for shape in shapes:
        found = month(node, pages, shape)
        worst, p99 = found.disorder
        table.add(
            *shape.cells,
            f"{found.copies} ({found.copies / in_order:.4f})",
            str(found.lost),
            str(found.doubled),
            f"{p99 / 60:.1f} h, {worst / 60:.1f} h",
            str(found.held),
            f"{found.rate:.0f}",
            f"{found.memory / 1e6:.0f}",
        )
        print(table.lines()[-1], flush=True)
    return table


@dataclass(frozen=True)
class Live:
    """Rate and processor milliseconds a page where reading costs nothing; seconds until a page has
    its outcome, p50."""

    rate: float
    milliseconds: float
    p50: float


def live(node: KafkaNode, empty: Sequence[Fed], late: Sequence[Fed], align_minutes: float) -> Live:
    """One worker with the default partitions: a backlog of pages, then pages at a steady rate."""
    with tempfile.TemporaryDirectory() as folder:
        broker = Broker(node.bootstrap, transactions=True)
        deployment = Deployment(broker, Path(folder), {"align_minutes": str(align_minutes)})
        asyncio.run(create_topics(deployment.settings))
        asyncio.run(feed(deployment, empty))
        with running_worker(deployment) as worker:
            outcomes = finish(Crew([worker], node.pid), deployment, len(empty))
            spent = own_seconds(worker.pid)
            p50, _ = latency(deployment, late, _LIVE_RATE)
        return Live(rate(outcomes), 1000 * spent / len(empty), p50)


def live_table(node: KafkaNode, empty: int, late: int, rounds: int) -> Table:
    """Medians of rounds with and without, taken in turn."""
    backlog = nothing_to_read(empty)
    # Without the header, the time of fetch is that of the record: now.
    steady = [
        Fed(
            page.url.encode(),
            page.body,
            tuple(header for header in page.headers if header[0] != "fetched-at"),
        )
        for page in made_month(late)
    ]
    taken: dict[float, list[Live]] = {_NOT_ALIGNED: [], _ALIGNED: []}
    for _ in range(rounds):
        for minutes, found in taken.items():
            found.append(live(node, backlog, steady, minutes))
            print(minutes, found[-1], flush=True)
    table = Table(("alignment", "pages/s", "processor ms a page", "p50 latency ms"))
    for minutes, found in taken.items():
        table.add(
            f"{minutes:g} min" if minutes else "off",
            f"{statistics.median(each.rate for each in found):.0f}",
            f"{statistics.median(each.milliseconds for each in found):.3f}",
            f"{1000 * statistics.median(each.p50 for each in found):.1f}",
        )
    return table


def main() -> None:
    """Measure, print, and keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=4_000)
    parser.add_argument("--empty", type=int, default=20_000, help="pages that cost nothing to read")
    parser.add_argument("--late", type=int, default=400, help="pages for the latency")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--shapes", type=int, nargs="*", default=list(range(len(SHAPES))))
    chosen = parser.parse_args()
    pages = made_month(chosen.pages)
    with KafkaNode() as node:
        tables = []
        if chosen.shapes:
            shapes = [SHAPES[number] for number in chosen.shapes]
            tables.append(month_table(node, pages, shapes))
        if chosen.rounds:
            tables.append(live_table(node, chosen.empty, chosen.late, chosen.rounds))
    record(
        "backfill",
        "A backfill, and what alignment costs live operation",
        f"{chosen.pages:,} pages of a month, {sum(page.is_copy for page in pages):,} of them copies"
        " (a third a minute after their original, a third some hours, a third two days; one in five"
        " in another partition), written in the order of fetch before the workers start. Disorder:"
        " how far an article lies behind the newest before it on `articles.extracted`, by time of"
        " fetch. Broker, feeder and workers on one machine, which other work kept busy (load"
        f" {os.getloadavg()[0]:.0f} on {os.cpu_count()} cores): compare rates within a table only."
        f" Live operation: {chosen.empty:,} pages that READ rejects at the first look, then"
        f" {chosen.late} articles at {_LIVE_RATE:.0f} a second; medians of {chosen.rounds} rounds.",
        tables,
    )


if __name__ == "__main__":
    main()
