"""A backfill through workers on a broker: copies found, pages lost, disorder, rate and memory."""

import asyncio
import json
import urllib.request
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from service.contract.record import Topic
from service.local.fold_files import fold_messages
from service.settings import FixedSettings
from service.worker.kafka.topics import create_topics
from tests.bench.made_month import MonthPage, feed_order
from tests.bench.processor_time import resident_bytes
from tests.bench.stream_run import rate
from tests.brokers.plugin import Broker
from tests.worker.deployment import Deployment
from tests.worker.feeding import feed
from tests.worker.running_worker import RunningWorker
from tests.worker.topics_reader import OUTCOMES, Seen, read_all, read_until

_LOOK_SECONDS = 1.0


@dataclass(frozen=True)
class Backfill:
    """What a backfill gave.

    Attributes:
        copies: pages that were found to be copies.
        lost, doubled: pages without an outcome, and outcomes beyond the first of a page.
        disorder: minutes of event time by which FOLD's inputs lay behind the newest before, the
            worst and the 99th percentile.
        rate: outcomes a second, from a tenth of them on.
        memory: most bytes of a worker's own process.
        held: most partitions that a worker held back at once.
    """

    copies: int
    lost: int
    doubled: int
    disorder: tuple[float, float]
    rate: float
    memory: int
    held: int


@dataclass
class _Watch:
    memory: int = 0
    held: int = 0
    workers: list[RunningWorker] = field(default_factory=list)

    async def run(self) -> None:
        while True:
            for worker in self.workers:
                with suppress(OSError, ValueError, KeyError):
                    self.memory = max(self.memory, resident_bytes([worker.pid]))
                    alignment = await asyncio.to_thread(_alignment, worker)
                    self.held = max(self.held, len(alignment["held"]))
            await asyncio.sleep(_LOOK_SECONDS)


def _alignment(worker: RunningWorker) -> dict[str, list[int]]:
    with urllib.request.urlopen(f"{worker.web}/status", timeout=5.0) as answer:
        found: dict[str, list[int]] = json.load(answer).get("alignment", {"held": []})
        return found


async def copies_in_order(pages: Sequence[MonthPage]) -> int:
    """Copies that `copydesk fold` finds in the pages in their order."""
    messages = (page.message(number) for number, page in enumerate(pages))
    found = fold_messages(messages, FixedSettings(shards=1))
    return len([record async for record in found if _is_copy_value(record.topic, record.value)])


def _is_copy_value(topic: Topic, value: bytes | None) -> bool:
    return topic is Topic.ARTICLES and "parent" in json.loads(value or b"{}")["copydesk"]["story"]


async def backfill(
    broker: Broker,
    folder: Path,
    pages: Sequence[MonthPage],
    *,
    partitions: int,
    workers: int = 1,
    kill: bool = False,
    align_minutes: float | None = None,
    patience: float = 900.0,
) -> Backfill:
    """Feed the pages in their order, then let workers read them from the beginning.

    Args:
        kill: kill one of the workers when a third of the pages is done, and start another.
        align_minutes: None for the default.
    """
    more = {"raw_partitions": str(partitions), "shards": "1"}
    if align_minutes is not None:
        more["align_minutes"] = str(align_minutes)
    deployment = Deployment(broker, folder, more)
    await create_topics(deployment.settings)
    await feed(deployment, feed_order(pages, partitions))
    watch = _Watch()
    try:
        watch.workers = [RunningWorker(deployment).launch() for _ in range(workers)]
        watching = asyncio.create_task(watch.run())
        if kill:
            await _read_outcomes(deployment, len(pages) // 3, patience)
            watch.workers[0].kill()
            watch.workers[0] = RunningWorker(deployment).launch()
        outcomes = await _read_outcomes(deployment, len(pages), patience)
        watching.cancel()
    finally:
        for worker in watch.workers:
            worker.__exit__(None, None, None)
    extracted = await read_all(deployment, (Topic.EXTRACTED,))
    every = [each for each in await read_all(deployment, OUTCOMES) if each.is_outcome]
    by_url = Counter(each.url for each in every)
    return Backfill(
        copies=sum(_is_copy_value(each.topic, each.value) for each in every),
        lost=sum(page.url not in by_url for page in pages),
        doubled=sum(count - 1 for count in by_url.values()),
        disorder=disorder(extracted),
        rate=rate(outcomes),
        memory=watch.memory,
        held=watch.held,
    )


async def _read_outcomes(deployment: Deployment, count: int, patience: float) -> list[Seen]:
    found = 0
    counted = 0

    def enough(seen: list[Seen]) -> bool:
        nonlocal found, counted
        found += sum(record.is_outcome for record in seen[counted:])
        counted = len(seen)
        return found >= count

    seen = await read_until(deployment, enough, patience=patience)
    return [record for record in seen if record.is_outcome]


def disorder(extracted: Sequence[Seen]) -> tuple[float, float]:
    """Minutes by which the articles lie behind the newest before: the worst, and the 99th
    percentile. A page that is read again after a kill counts once, where it was first."""
    behind = []
    newest = float("-inf")
    seen: set[str] = set()
    for record in extracted:
        article = record.json["article"]
        if article["uri"] in seen:
            continue
        seen.add(article["uri"])
        at = datetime.fromisoformat(article["fetched_at"]).timestamp()
        newest = max(newest, at)
        behind.append((newest - at) / 60)
    behind.sort()
    return behind[-1], behind[int(len(behind) * 0.99)]
