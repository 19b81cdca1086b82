"""Fault: the only broker is killed, or stopped in order, and started again on its data."""

import asyncio
import time
from pathlib import Path

from deploy.kafka.node import KafkaNode
from tests.brokers.plugin import Broker
from tests.faults.result import Result
from tests.faults.stage import Stage


async def take_broker_away(
    node: KafkaNode,
    folder: Path,
    *,
    crash: bool,
    times: int,
    pages: int,
    rate: float,
    seed: int = 14,
) -> Result:
    """Two workers, whose broker goes away and comes back; a worker that ends is started again.

    Args:
        crash: by SIGKILL; else it shuts down in order.
    """
    broker = Broker(node.bootstrap, transactions=True)
    away: list[float] = []
    async with Stage(broker, folder, seed=seed) as stage:
        await stage.crew.start(2)
        supervisor = stage.crew.supervise()
        feed = stage.feed(pages, rate)
        for _ in range(times):
            await asyncio.sleep(4.0)
            begun = time.monotonic()
            stage.hurt()
            await asyncio.to_thread(node.kill if crash else node.stop)
            await asyncio.to_thread(node.start)
            away.append(time.monotonic() - begun)
            await stage.through_again()
        await feed
        await stage.drained()
        supervisor.cancel()
        result = await stage.result()
    result.notes.append(f"broker away {min(away):.0f} to {max(away):.0f} s each time")
    result.notes.append(f"workers started again: {len(stage.crew.exit_codes)}")
    return result
