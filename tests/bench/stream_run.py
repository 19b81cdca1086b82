"""Workers at their work, measured from outside: rate, processor time, bytes, memory."""

import asyncio
import json
import time
import urllib.request
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from service.contract.record import Topic
from service.worker.kafka.topics import topic_name, topic_specs
from tests.bench.processor_time import children_seconds, own_seconds, resident_bytes
from tests.worker.deployment import Deployment
from tests.worker.running_worker import RunningWorker
from tests.worker.topics_reader import OUTCOMES, Seen, read_all, read_outcomes

LOOK_SECONDS = 0.5
PATIENCE = 1800.0
WRITTEN = (*OUTCOMES, Topic.STORIES, Topic.EXTRACTED, Topic.FOLD_STATE)


@dataclass(frozen=True)
class Crew:
    """Workers that share a deployment, and their broker.

    Attributes:
        readers: workers that do READ.
        folder: the worker that does FOLD where it is none of them.
    """

    readers: Sequence[RunningWorker]
    broker_pid: int
    folder: RunningWorker | None = None

    def seconds(self) -> dict[str, float]:
        """Processor seconds up to now, by what they went into."""
        spent = {
            "extraction": sum(children_seconds(worker.pid) for worker in self.readers),
            "worker": sum(own_seconds(worker.pid) for worker in self.readers),
            "broker": own_seconds(self.broker_pid),
            "measuring": time.process_time(),
        }
        if self.folder is not None:
            spent["fold"] = own_seconds(self.folder.pid)
        return spent

    def memory(self) -> dict[str, int]:
        """Bytes of the first worker, of each of its children, and of the one that folds."""
        first = self.readers[0]
        others = [pid for pid in first.family() if pid != first.pid]
        sizes = {
            "worker": resident_bytes([first.pid]),
            "child": resident_bytes(others) // max(1, len(others)),
        }
        if self.folder is not None:
            sizes["folder"] = resident_bytes([self.folder.pid])
        return sizes

    def pages_read(self) -> int:
        """Pages that READ is through with."""
        return sum(_pages_read(worker) for worker in self.readers)


@dataclass
class Spent:
    """Processor seconds a 1,000 pages, by what they went into, between two moments of a run."""

    seconds: dict[str, float] = field(default_factory=dict)

    @classmethod
    def between(cls, before: dict[str, float], after: dict[str, float], pages: int) -> "Spent":
        return cls({what: 1000 * (after[what] - before[what]) / pages for what in after})


def wait_for(crew: Crew, pages: int) -> int:
    """Wait until READ is through with so many pages; returns how many it is by then."""
    deadline = time.monotonic() + PATIENCE
    while (done := crew.pages_read()) < pages:
        assert time.monotonic() < deadline, f"{done} of {pages} pages in {PATIENCE} s"
        time.sleep(LOOK_SECONDS)
    return done


def finish(crew: Crew, deployment: Deployment, pages: int) -> list[Seen]:
    """Wait until every page has its outcome; gives the outcomes."""
    wait_for(crew, pages)
    return asyncio.run(read_outcomes(deployment, pages))


def rate(outcomes: Sequence[Seen], since: float = 0.1) -> float:
    """Outcomes a second from a share of them on to the last, by the times they were written at."""
    stamps = sorted(each.timestamp for each in outcomes)
    first = int(len(stamps) * since)
    return (len(stamps) - 1 - first) / max((stamps[-1] - stamps[first]) / 1000, 1e-3)


def topic_figures(deployment: Deployment, data: Path, pages: int) -> dict[str, dict[str, float]]:
    """By topic, a page: records, bytes of keys and values, and bytes in the broker's log.

    It writes marks of its own, which a worker would read: none may run.

    Args:
        data: where the broker keeps its logs.
        pages: how many were fed.
    """
    records: Counter[Topic] = Counter()
    octets: Counter[Topic] = Counter()
    for seen in asyncio.run(read_all(deployment, (Topic.RAW, *WRITTEN))):
        records[seen.topic] += 1
        octets[seen.topic] += len(seen.value or b"") + len(seen.key or b"")
    stored = {
        spec.topic: sum(
            log.stat().st_size
            for number in range(spec.partitions)
            for log in (data / f"{topic_name(spec.topic, deployment.settings)}-{number}").glob(
                "*.log"
            )
        )
        for spec in topic_specs(deployment.settings)
    }
    return {
        topic.value: {
            "records": records[topic] / pages,
            "bytes": octets[topic] / pages,
            "stored": stored[topic] / pages,
        }
        for topic in (Topic.RAW, *WRITTEN)
    }


def _pages_read(worker: RunningWorker) -> int:
    with urllib.request.urlopen(f"{worker.web}/status", timeout=60.0) as answer:
        return sum(json.load(answer)["counts"]["read"].values())
