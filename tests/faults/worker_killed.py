"""Fault: SIGKILL of a worker by lot, which is started again at once."""

import asyncio
import random
from pathlib import Path

from tests.brokers.plugin import Broker
from tests.faults.result import Result
from tests.faults.stage import Stage
from tests.worker.processes import ended


async def kill_workers(
    broker: Broker,
    folder: Path,
    *,
    times: int,
    pages: int,
    rate: float,
    every: tuple[float, float] = (3.0, 10.0),
    seed: int = 11,
) -> Result:
    """Two workers; one of them is killed again and again, after a pause of `every` seconds."""
    lot = random.Random(seed)
    async with Stage(broker, folder, seed=seed) as stage:
        await stage.crew.start(2)
        feed = stage.feed(pages, rate)
        for _ in range(times):
            await asyncio.sleep(lot.uniform(*every))
            victim = lot.choice(stage.crew.hands)
            family = victim.family()
            victim.kill()
            stage.hurt()
            assert await asyncio.to_thread(ended, family), f"left behind: {family}"
            victim.launch()
        await feed
        return await stage.result()
