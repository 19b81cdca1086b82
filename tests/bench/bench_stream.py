"""A worker through Kafka: `python -m tests.bench.bench_stream [--pages N] [--broker apache]`.

Prints what a worker reaches over a broker beside what its child processes reach alone; what it
reaches where reading a page costs nothing; how long a page takes to become an event at half of
the highest load; and the processor time and bytes that a thousand pages cost.
"""

import argparse
import asyncio
import contextlib
import multiprocessing
import os
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import aclosing
from pathlib import Path

from deploy.kafka.node import KafkaNode
from service.events.input_message import InputMessage
from service.events.topics import Topic
from service.local.broker import EmbeddedBroker
from service.read import read
from service.stream.follow import follow
from tests.bench.crawl import Fetch, generated_crawl
from tests.bench.figures import Table, record, shared_data
from tests.bench.read_peers import SOURCE
from tests.brokers.plugin import Broker
from tests.stream.deployment import Deployment
from tests.stream.feeding import Fed, feed
from tests.stream.running_worker import RunningWorker, running_worker
from tests.stream.topics_reader import OUTCOMES, read_all

TICKS = os.sysconf("SC_CLK_TCK")
WRITTEN = (*OUTCOMES, Topic.STORIES, Topic.EXTRACTED, Topic.FOLD_STATE)


def fed(fetch: Fetch) -> Fed:
    """A fetch in the native binary form."""
    headers = (
        ("url", fetch.url.encode()),
        ("content-type", fetch.content_type.encode()),
        ("status", str(fetch.status).encode()),
        ("fetched-at", fetch.fetched_at.isoformat().encode()),
    )
    return Fed(fetch.url.encode(), fetch.body, headers)


def nothing_to_read(count: int) -> list[Fed]:
    """Pages that READ turns away at the first look: what remains is the way through the worker."""
    body = b"<html><body>gone</body></html>"
    return [
        Fed(url, body, (("url", url), ("content-type", b"text/html"), ("status", b"404")))
        for url in (f"https://site{n % 500}.example/{n}".encode() for n in range(count))
    ]


def bare_rate(pages: Sequence[Fed], processes: int) -> float:
    """Pages a second of READ in processes of its own, without Kafka."""
    shares = [list(pages[start::processes]) for start in range(processes)]
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        pool.map(_read_all, [share[:20] for share in shares], chunksize=1)
        start = time.perf_counter()
        pool.map(_read_all, shares, chunksize=1)
        return len(pages) / (time.perf_counter() - start)


def _read_all(pages: Sequence[Fed]) -> None:
    for page in pages:
        headers = tuple((name, value or b"") for name, value in page.headers)
        read(InputMessage(page.key, page.value, headers, page.timestamp, SOURCE))


async def worker_rate(deployment: Deployment, pages: Sequence[Fed]) -> float:
    """Pages a second from the first tenth of the outcomes to the last one; all are fed before."""
    first, last = 0.0, 0.0
    seen = 0
    async with aclosing(follow(OUTCOMES, deployment.settings, from_beginning=True)) as outcomes:
        async for _ in outcomes:
            seen += 1
            if seen == len(pages) // 10:
                first = time.perf_counter()
            if seen == len(pages):
                last = time.perf_counter()
                break
    return (len(pages) - len(pages) // 10) / (last - first)


async def latencies(deployment: Deployment, pages: Sequence[Fed], rate: float) -> list[float]:
    """Seconds from feeding a page to seeing its outcome, fed at a steady rate."""
    began: dict[bytes, float] = {}
    took: list[float] = []

    async def watch() -> None:
        outcomes = follow(OUTCOMES, deployment.settings, from_beginning=True)
        async with aclosing(outcomes):
            async for outcome in outcomes:
                trace = dict(outcome.headers).get("traceparent", b"")
                if trace in began:
                    took.append(time.perf_counter() - began.pop(trace))
                if len(took) == len(pages):
                    return

    watcher = asyncio.create_task(watch())
    start = time.perf_counter()
    for number, page in enumerate(pages):
        await asyncio.sleep(max(0.0, start + number / rate - time.perf_counter()))
        trace = f"00-{number + 1:032x}-{1:016x}-01".encode()
        began[trace] = time.perf_counter()
        await feed(deployment, [Fed(page.key, page.value, (*page.headers, ("traceparent", trace)))])
    async with asyncio.timeout(120):
        await watcher
    return took


def cpu_seconds(worker: RunningWorker) -> float:
    """Processor time of a worker and its children."""
    total = 0.0
    for pid in worker.family():
        with contextlib.suppress(FileNotFoundError):
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            total += (int(fields[11]) + int(fields[12])) / TICKS
    return total


@contextlib.contextmanager
def running_broker(kind: str) -> Iterator[Broker]:
    """A broker for this run."""
    if kind == "apache":
        with KafkaNode() as node:
            yield Broker(node.bootstrap, transactions=True)
    else:
        with EmbeddedBroker() as embedded:
            yield Broker(embedded.bootstrap, transactions=embedded.transactions)


def main() -> None:
    """Measure, print, and keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=3_000)
    parser.add_argument("--empty", type=int, default=30_000, help="pages that cost nothing to read")
    parser.add_argument("--broker", choices=("apache", "embedded"), default="apache")
    chosen = parser.parse_args()
    pages = [fed(fetch) for fetch in generated_crawl(shared_data(), chosen.pages)]
    size = sum(len(page.value or b"") for page in pages) / len(pages)
    cores = len(os.sched_getaffinity(0))
    table = Table(["what", "figure"])
    bare = bare_rate(pages, cores)
    table.add(f"READ alone in {cores} processes", f"{bare:.0f} pages/s")
    with running_broker(chosen.broker) as broker, tempfile.TemporaryDirectory() as folder:
        through = Deployment(broker, Path(folder), {"extractors": str(cores)})
        with running_worker(through) as worker:
            before = cpu_seconds(worker)
            asyncio.run(feed(through, pages))
            reached = asyncio.run(worker_rate(through, pages))
            spent = cpu_seconds(worker) - before
            table.add(
                "a worker through Kafka", f"{reached:.0f} pages/s, {reached / bare:.0%} of that"
            )
            table.add("processor time", f"{1000 * spent / len(pages):.1f} s a 1,000 pages")
            took = asyncio.run(latencies(through, pages[:600], reached / 2))
            cuts = statistics.quantiles(took, n=100)
            table.add(
                "page to event at half load",
                f"p50 {cuts[49] * 1000:.0f} ms, p99 {cuts[98] * 1000:.0f} ms",
            )
            written: Counter[Topic] = Counter()
            for seen in asyncio.run(read_all(through, WRITTEN)):
                written[seen.topic] += len(seen.value or b"") + len(seen.key or b"")
        empty = Deployment(broker, Path(folder), {"extractors": str(cores)})
        with running_worker(empty):
            small = nothing_to_read(chosen.empty)
            asyncio.run(feed(empty, small))
            table.add(
                "a worker where reading costs nothing",
                f"{asyncio.run(worker_rate(empty, small)):.0f} pages/s",
            )
    for topic in WRITTEN:
        fetched = len(pages) + 600
        table.add(
            f"written to {topic.value}",
            f"{written[topic] / fetched * 1000 / 1e6:.2f} MB a 1,000 pages",
        )
    record(
        "stream",
        "A worker through Kafka",
        f"{len(pages):,} pages of the generated crawl ({size / 1000:.0f} kB on average) over "
        f"{'Apache Kafka' if chosen.broker == 'apache' else 'the embedded broker'}, broker, feeder "
        "and worker on one machine.",
        [table],
    )


if __name__ == "__main__":
    main()
