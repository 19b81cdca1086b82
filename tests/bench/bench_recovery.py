"""How soon FOLD is ready after a failover: `python -m tests.bench.bench_recovery [--window N]`.

A window is put into a worker's folder, and on Apache Kafka `fold.state` goes on from where that
folder ends, with a tail that it does not hold. Timed are whole workers, from their start until
they say that they are ready: the first on that folder and that tail; one that was killed while it
was idle; and one that must read again what it had not saved. Then the same without the folder, from
as much of the log as there is.
"""

import argparse
import asyncio
import re
import shutil
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from deploy.kafka.node import KafkaNode
from service.contract.fold_state import ARTICLE_PREFIX, STORY_PREFIX
from service.contract.record import Record, Topic
from service.contract.serde import dump
from service.fold.shard import Shard
from service.worker.checkpoint.checkpoint import Checkpoint, Position
from service.worker.checkpoint.continuity import checksum_of
from service.worker.checkpoint.segment_files import save_segments
from service.worker.kafka.producers import make_producer, send_all
from service.worker.kafka.topics import create_topics, topic_name
from tests.bench.bench_fold import WINDOW, fill, texts
from tests.bench.figures import Table, record
from tests.bench.made_window import MadeWindow
from tests.brokers.plugin import Broker
from tests.faults.crew import Hand
from tests.worker.deployment import Deployment

_LOADED = re.compile(r"shard 0 holds (\d+) articles in \d+ stories; (\d+) articles were read")


def records_of(window: MadeWindow, first: int, count: int) -> list[Record]:
    """What `fold.state` holds of some articles and their stories."""
    made = []
    for article, story in window.records(first, count):
        pairs = ((ARTICLE_PREFIX + article.uri, article), (STORY_PREFIX + story.state.id, story))
        for key, value in pairs:
            made.append(
                Record(topic=Topic.FOLD_STATE, key=key.encode(), value=dump(value), partition=0)
            )
    return made


async def write(deployment: Deployment, records: Sequence[Record]) -> Position:
    """Append to `fold.state`; the position after the last record."""
    producer = make_producer(deployment.settings, idempotent=True)
    await producer.start()
    try:
        written = await send_all(producer, records, deployment.settings)
    finally:
        await producer.stop()
    last, where = records[-1], written[-1]
    key = (last.key or b"").decode()
    checksum = checksum_of(last.value)
    return Position(where.offset + 1, where.offset, key, checksum, where.timestamp)


def make(state_dir: Path, deployment: Deployment, window: MadeWindow, count: int) -> None:
    """Put the window into the folder, and its last records into the log."""
    folder = Checkpoint(state_dir, 0, topic_name(Topic.FOLD_STATE, deployment.settings))
    last = asyncio.run(write(deployment, records_of(window, count - 1, 1)))
    fill(folder, window, count, last)
    shard = Shard(WINDOW, folder.store)
    shard.open(folder.clock)
    save_segments(shard.segments, folder.path)
    folder.close()


def start(hand: Hand) -> str:
    """Start a worker; how long until it was ready, and what it held then."""
    begun = time.perf_counter()
    hand.start()
    took = time.perf_counter() - begun
    held, read = _LOADED.findall(hand.log_tail(400))[-1]
    return f"{took:.1f} s; holds {int(held):,}, of which {int(read):,} from the log"


def main() -> None:
    """Measure, print, and keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--window", type=int, default=1_000_000)
    parser.add_argument("--tail", type=int, default=5_000)
    chosen = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="bench-recovery-"))
    table = Table(["start of a worker", "until ready"])
    try:
        with KafkaNode() as node:
            broker = Broker(node.bootstrap, transactions=True)
            deployment = Deployment(broker, home, {"window_hours": "720"})
            asyncio.run(create_topics(deployment.settings))
            window = MadeWindow(chosen.window, texts())
            make(home / "state", deployment, window, chosen.window)
            tail = records_of(window, chosen.window, chosen.tail)
            asyncio.run(write(deployment, tail))
            hand = Hand(deployment, {"COPYDESK_STATE_DIR": str(home / "state")})
            table.add(f"on its folder, {chosen.tail:,} articles behind the log", start(hand))
            hand.kill()
            table.add("killed, and started again at once", start(hand))
            hand.kill()
            shutil.rmtree(home / "state")
            table.add(f"without its folder, {chosen.tail + 1:,} articles in the log", start(hand))
            hand.stop()
    finally:
        shutil.rmtree(home)
    record(
        "recovery",
        "Ready after a failover",
        f"{chosen.window:,} articles in the window, Apache Kafka, broker and worker on one machine."
        " Times are of the wall clock, from the start of the process; after a kill they hold what"
        " is left of the session timeout of 6 s.",
        [table],
    )


if __name__ == "__main__":
    main()
