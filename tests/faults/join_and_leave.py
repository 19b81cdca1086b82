"""Fault: workers that come and go all the time, in order, so that the group never rests."""

import asyncio
import random
import signal
import time
from pathlib import Path

from service.worker.health.exit import EXIT_CODE
from tests.brokers.plugin import Broker
from tests.faults.result import Result
from tests.faults.stage import Stage

_MOST = 3
_ORDERLY = (0, -signal.SIGTERM, EXIT_CODE)
"""The second is of one that was told to stop before it had begun to listen: it held nothing. The
last is of one that was told in the midst of a rebalance, and found no end in its time to drain."""


async def join_and_leave(
    broker: Broker,
    folder: Path,
    *,
    seconds: float,
    rate: float,
    every: tuple[float, float] = (2.0, 5.0),
    seed: int = 13,
) -> Result:
    """One worker stays; beside it up to two more join and leave, one change every 2 to 5 s."""
    lot = random.Random(seed)
    async with Stage(broker, folder, seed=seed) as stage:
        await stage.crew.start(1)
        feed = stage.feed(int(seconds * rate), rate)
        until = time.monotonic() + seconds
        leaving = []
        while time.monotonic() < until:
            await asyncio.sleep(lot.uniform(*every))
            guests = [hand for hand in stage.crew.hands[1:] if hand.is_running()]
            if guests and (len(guests) >= _MOST - 1 or lot.random() < 0.5):
                guest = lot.choice(guests)
                leaving.append((guest, guest.tell_to_stop()))
                await asyncio.to_thread(guest.wait)
            else:
                stage.crew.launch()
            stage.hurt()
        await feed
        result = await stage.result()
        for guest, process in leaving:
            if process.returncode not in _ORDERLY:
                what = f"exit code {process.returncode}:\n{guest.log_tail(12)}"
                result.verdict.accuse("a worker told to stop stops in order", what)
        slow = sum(process.returncode == EXIT_CODE for _, process in leaving)
        result.notes.append(f"{slow} took all of their time to drain")
        result.notes.append(f"{len(leaving)} left, {len(stage.crew.hands) - 1} joined")
        return result
