"""What a thousand pages cost with more partitions and more workers, in processor time and bytes."""

import asyncio
import contextlib
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from deploy.kafka.node import KafkaNode
from service.worker.kafka.topics import create_topics
from tests.bench.stream_run import Crew, Spent, finish, rate, topic_figures, wait_for
from tests.brokers.plugin import Broker
from tests.worker.deployment import Deployment
from tests.worker.feeding import Fed, feed
from tests.worker.running_worker import running_worker

SIZES = (1, 2, 4)
WARM = 40
"""Pages for each worker before anything is counted: children start with the first."""


def grow(node: KafkaNode, pages: Sequence[Fed]) -> Iterator[dict[str, Any]]:
    """Measure the same pages with 1, 2 and 4 partitions, a worker for each that only reads, with
    one child, and one that only folds."""
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            yield _measured(node, Path(folder), pages, size)


def _measured(node: KafkaNode, folder: Path, pages: Sequence[Fed], size: int) -> dict[str, Any]:
    broker = Broker(node.bootstrap, transactions=True)
    more = {"raw_partitions": str(size), "extractors": "1"}
    reading = Deployment(broker, folder, {**more, "stages": "read"})
    folding = Deployment(
        broker, folder, {**more, "stages": "fold", "group": f"{reading.name}-fold"}, reading.name
    )
    asyncio.run(create_topics(reading.settings))
    warm = WARM * size
    with contextlib.ExitStack() as running:
        folder_worker = running.enter_context(running_worker(folding))
        readers = [running.enter_context(running_worker(reading)) for _ in range(size)]
        crew = Crew(readers, node.pid, folder_worker)
        asyncio.run(feed(reading, pages[:warm]))
        wait_for(crew, warm)
        before = crew.seconds()
        asyncio.run(feed(reading, pages[warm:]))
        outcomes = finish(crew, reading, len(pages))
        spent = Spent.between(before, crew.seconds(), len(pages) - warm)
        memory = crew.memory()
    topics = topic_figures(reading, node.home / "data", len(pages))
    return {
        "partitions": size,
        "workers": size,
        "pages_a_second": rate(outcomes, since=warm / len(pages)),
        "seconds": spent.seconds,
        "memory": memory,
        "topics": topics,
    }
