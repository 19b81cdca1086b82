"""What the workers count is what stands in the topics."""

import json
import urllib.request
from collections import Counter
from pathlib import Path

import pytest

from service.events.topics import Topic
from tests.brokers.plugin import Broker
from tests.faults.crew import Hand
from tests.faults.stage import Stage
from tests.stream.topics_reader import read_all

pytestmark = pytest.mark.stream

PAGES = 200
WRITTEN = (Topic.EXTRACTED, Topic.ARTICLES, Topic.STORIES, Topic.REJECTED, Topic.FAILED)


def counted(hand: Hand) -> tuple[Counter[str], Counter[str]]:
    """What a worker says that its two stages wrote, by topic."""
    with urllib.request.urlopen(f"{hand.web}/status", timeout=5.0) as answer:
        counts = json.load(answer)["counts"]
    return Counter(counts["read"]), Counter(counts["folded"])


async def test_as_many_come_out_as_go_in(broker: Broker, tmp_path: Path) -> None:
    async with Stage(broker, tmp_path, seed=25) as stage:
        hands = await stage.crew.start(2)
        await stage.feed(PAGES)
        await stage.drained()
        counts = [counted(hand) for hand in hands]
        result = await stage.result()
        seen = await read_all(stage.deployment, WRITTEN)
    assert not result.verdict.broken, result
    read = sum((each for each, _ in counts), Counter[str]())
    folded = sum((each for _, each in counts), Counter[str]())
    written = Counter(record.topic.value for record in seen)
    assert read.total() == PAGES
    counts_of_all = {topic.value: (read + folded)[topic] for topic in WRITTEN}
    if broker.transactions:
        assert counts_of_all == dict(written)
        assert sum(record.is_outcome for record in seen) == PAGES
    else:
        # A batch that a rebalance cut short stands there uncounted, and again as its repeat.
        assert all(count <= written[topic] for topic, count in counts_of_all.items())
        assert len({record.header("traceparent") for record in seen if record.is_outcome}) == PAGES
