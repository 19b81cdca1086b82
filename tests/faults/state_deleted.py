"""Fault: what a worker keeps on its disk is gone, or no longer what was written.

The disk holds nothing that the broker does not: the memory of FOLD is read from `fold.state`.
"""

import asyncio
import random
import shutil
from pathlib import Path

from tests.brokers.plugin import Broker
from tests.faults.crew import Hand
from tests.faults.result import Result
from tests.faults.stage import Stage


async def lose_state(
    broker: Broker, folder: Path, *, times: int, pages: int, rate: float, seed: int = 17
) -> Result:
    """One worker, killed; before it starts again its folder is deleted, garbled, or cut short."""
    lot = random.Random(seed)
    ways = (_delete, _garble, _cut)
    async with Stage(broker, folder, seed=seed) as stage:
        (hand,) = await stage.crew.start(1)
        feed = stage.feed(pages, rate)
        for number in range(times):
            await asyncio.sleep(2.0)
            await asyncio.to_thread(hand.wait_until_ready)
            hand.kill()
            stage.hurt()
            ways[number % len(ways)](hand, lot)
            hand.launch()
        await feed
        return await stage.result()


def _delete(hand: Hand, _: random.Random) -> None:
    shutil.rmtree(hand.state_dir)


def _garble(hand: Hand, lot: random.Random) -> None:
    for file in _files(hand):
        file.write_bytes(lot.randbytes(file.stat().st_size or 10))


def _cut(hand: Hand, lot: random.Random) -> None:
    for file in _files(hand):
        file.write_bytes(file.read_bytes()[: lot.randrange(file.stat().st_size + 1)])


def _files(hand: Hand) -> list[Path]:
    return sorted(file for file in Path(hand.state_dir).rglob("*") if file.is_file())
