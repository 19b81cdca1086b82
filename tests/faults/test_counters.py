"""What the workers count is what stands in the topics."""

import asyncio
import json
import time
import urllib.request
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from service.contract.record import Topic
from tests.brokers.plugin import Broker
from tests.faults.crew import Hand
from tests.faults.stage import DRAIN_SECONDS, Stage
from tests.worker.topics_reader import read_all

pytestmark = pytest.mark.stream

PAGES = 200
WRITTEN = (Topic.EXTRACTED, Topic.ARTICLES, Topic.STORIES, Topic.REJECTED, Topic.FAILED)


def status(hand: Hand) -> Any:
    """What a worker says of itself."""
    with urllib.request.urlopen(f"{hand.web}/status", timeout=5.0) as answer:
        return json.load(answer)


def statuses_at_rest(hands: Sequence[Hand]) -> list[Any]:
    """What the workers say once none has an input in hand.

    A batch is counted after its transaction, whose events readers may see before.
    """
    until = time.monotonic() + DRAIN_SECONDS
    while True:
        said = [status(hand) for hand in hands]
        if not any(each["in_hand"] for each in said):
            return said
        assert time.monotonic() < until, said
        time.sleep(0.05)


async def test_as_many_come_out_as_go_in(broker: Broker, tmp_path: Path) -> None:
    async with Stage(broker, tmp_path, seed=25) as stage:
        hands = await stage.crew.start(2)
        await stage.feed(PAGES)
        await stage.drained()
        said = await asyncio.to_thread(statuses_at_rest, hands)
        result = await stage.result()
        seen = await read_all(stage.deployment, WRITTEN)
    assert not result.verdict.broken, result
    counts = Counter[str]()
    for each in said:
        counts.update(each["counts"]["read"])
    assert counts.total() == PAGES
    for each in said:
        counts.update(each["counts"]["folded"])
    written = Counter(record.topic.value for record in seen)
    if broker.transactions:
        assert {topic.value: counts[topic] for topic in WRITTEN} == dict(written)
        assert sum(record.is_outcome for record in seen) == PAGES
    else:
        # A batch that a rebalance cut short stands there uncounted, and again as its repeat.
        assert all(counts[topic] <= written[topic.value] for topic in WRITTEN)
        assert len({record.header("traceparent") for record in seen if record.is_outcome}) == PAGES
