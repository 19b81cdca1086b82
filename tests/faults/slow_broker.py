"""Load: a broker that answers in fits and starts, with pages waiting.

What was read waits for its acknowledgement, so the window fills and no more is taken in.
"""

import asyncio
import os
import signal
from pathlib import Path

from deploy.kafka.node import KafkaNode
from tests.brokers.plugin import Broker
from tests.faults.group_watch import GroupWatch
from tests.faults.memory_watch import MemoryWatch, resident
from tests.faults.result import Result
from tests.faults.stage import Stage

_STOPPED, _GOING = 1.5, 0.3


async def slow_broker(
    node: KafkaNode, folder: Path, *, seconds: float, pages: int, seed: int = 23
) -> Result:
    """One worker; the broker is stopped for most of the time."""
    async with Stage(Broker(node.bootstrap, transactions=True), folder, seed=seed) as stage:
        (hand,) = await stage.crew.start(1)
        await stage.feed(20)
        await stage.outcomes(20)
        before = resident(hand.pid)
        group, memory = GroupWatch(stage.deployment), MemoryWatch(hand.pid)
        feed = stage.feed(pages)
        stage.hurt()
        for _ in range(int(seconds / (_STOPPED + _GOING))):
            try:
                os.kill(node.pid, signal.SIGSTOP)
                await asyncio.sleep(_STOPPED)
            finally:
                os.kill(node.pid, signal.SIGCONT)
            await asyncio.sleep(_GOING)
        await feed
        await stage.drained()
        await group.close()
        await memory.close()
        result = await stage.result()
    if not group.is_calm:
        seen = f"{group.states}, {len(group.members)} sets of members"
        result.verdict.accuse("a slow broker causes no rebalance", seen)
    growth = (memory.most - before) / 2**20
    result.notes.append(f"worker grew by {growth:.0f} MiB; {group.looks} looks, no rebalance")
    return result
