"""What a worker that only folds takes for an article when many wait: its batches are full then."""

import asyncio
import json
import tempfile
import time
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from deploy.kafka.node import KafkaNode
from service.worker.kafka.topics import create_topics
from tests.bench.processor_time import own_seconds
from tests.bench.stream_run import LOOK_SECONDS, PATIENCE, Crew, wait_for
from tests.brokers.plugin import Broker
from tests.worker.deployment import Deployment
from tests.worker.feeding import Fed, feed
from tests.worker.running_worker import RunningWorker, running_worker


def fold_waiting(node: KafkaNode, pages: Sequence[Fed], cores: int) -> dict[str, Any]:
    """Have pages read with no one to fold, then folded by a worker that starts.

    Returns:
        `articles`, and `seconds`: processor time of an article, loading of the code left out.
    """
    with tempfile.TemporaryDirectory() as name:
        folder, broker = Path(name), Broker(node.bootstrap, transactions=True)
        more = {"stages": "read", "extractors": str(cores)}
        reading = Deployment(broker, folder, more)
        folding = Deployment(
            broker, folder, {"stages": "fold", "group": f"{reading.name}-fold"}, reading.name
        )
        asyncio.run(create_topics(reading.settings))
        asyncio.run(feed(reading, pages))
        with running_worker(reading) as reader:
            wait_for(Crew([reader], node.pid), len(pages))
            articles = _counts(reader)["read"]["articles.extracted"]
        with RunningWorker(folding) as worker:
            worker.launch().wait_until_ready()
            before, done = own_seconds(worker.pid), _folded(worker)
            deadline = time.monotonic() + PATIENCE
            while (now := _folded(worker)) < articles:
                assert time.monotonic() < deadline, f"{now} of {articles} articles"
                time.sleep(LOOK_SECONDS)
            spent = own_seconds(worker.pid) - before
    return {"articles": articles, "seconds": spent / max(1, articles - done)}


def _folded(worker: RunningWorker) -> int:
    """Articles that FOLD is through with; those that take others down write more than one event."""
    counts = _counts(worker)
    folded = counts["folded"]
    return sum(folded.get(name, 0) for name in ("articles", "pages.rejected", "pages.failed"))


def _counts(worker: RunningWorker) -> Any:
    with urllib.request.urlopen(f"{worker.web}/status", timeout=60.0) as answer:
        return json.load(answer)["counts"]
