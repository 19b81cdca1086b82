"""Does a worker grow? `python -m tests.bench.soak_worker [--pages 20000]`, run by hand.

Feeds the labelled pages over and over (re-crawls, so that FOLD's own memory stays what it is) to a
worker on the embedded broker, and prints the resident memory of the worker and its children at a
tenth of the way and at the end: the end should be within 10 % of the tenth.
"""

import argparse
import asyncio
import itertools
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import aclosing
from pathlib import Path

from service.local.broker import EmbeddedBroker
from service.worker.kafka.output_topics import follow
from tests.brokers.plugin import Broker
from tests.worker.deployment import Deployment
from tests.worker.feeding import Fed, feed, recorded_pages
from tests.worker.running_worker import RunningWorker, running_worker
from tests.worker.topics_reader import OUTCOMES

CHUNK = 500
LARGEST = 100_000
"""Bytes of a page, at most: the embedded broker keeps all it was ever sent in memory."""


def resident_mb(worker: RunningWorker) -> float:
    """Resident memory of a worker and all that it started; shared pages count for each."""
    page = os.sysconf("SC_PAGE_SIZE")
    return sum(_resident_pages(pid) for pid in worker.family()) * page / 1e6


def _resident_pages(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except FileNotFoundError:  # a child that was replaced meanwhile
        return 0


async def soak(
    deployment: Deployment, worker: RunningWorker, pages: Iterator[Fed], count: int
) -> None:
    """Feed in chunks, each when the last is through."""
    done = 0
    early = 0.0
    started = time.monotonic()
    async with aclosing(follow(OUTCOMES, deployment.settings, from_beginning=True)) as records:
        while done < count:
            await feed(deployment, itertools.islice(pages, CHUNK))
            async for _ in records:
                done += 1
                if done % CHUNK == 0:
                    break
            size = resident_mb(worker)
            early = early or (size if done * 10 >= count else 0.0)
            rate = done / (time.monotonic() - started)
            print(f"after {done:6} pages: {size:7.1f} MB, {rate:5.1f} pages/s", flush=True)
    print(f"against a tenth of the way: {resident_mb(worker) / early - 1:+.1%}")


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=20_000)
    count = parser.parse_args().pages
    beside = Path(__file__).parents[3] / "shared" / "data"
    data = Path(os.environ.get("COPYDESK_SHARED_DATA") or beside)
    small = [fed for fed in recorded_pages(data, "train") if len(fed.value or b"") < LARGEST]
    with EmbeddedBroker() as embedded, tempfile.TemporaryDirectory() as folder:
        broker = Broker(embedded.bootstrap, transactions=False)
        deployment = Deployment(broker, Path(folder))
        with running_worker(deployment) as worker:
            asyncio.run(soak(deployment, worker, itertools.cycle(small), count))


if __name__ == "__main__":
    main()
