"""Fault: the machine's clock jumps, forwards and back, while a worker works.

`clock/sitecustomize.py` is what every Python imports first that finds it on its path. In the
worker and its children it puts a clock before `time.time` that adds what stands in a file; the
monotonic clock is left as it is, as the kernel leaves it when the clock is set.
"""

import asyncio
import os
import struct
from pathlib import Path

from tests.brokers.plugin import Broker
from tests.faults.result import Result
from tests.faults.stage import Stage

_HOOK = Path(__file__).parent / "clock"
_JUMPS = (3600.0, -7200.0, 86_400.0 * 400, -86_400.0 * 400, 0.0)


async def let_clock_jump(
    broker: Broker, folder: Path, *, times: int, pages: int, rate: float, seed: int = 18
) -> Result:
    """One worker, whose clock is set wrong by an hour, a day, more than a year, and right again."""
    offset = folder / "clock-offset"
    offset.write_bytes(struct.pack("d", 0.0))
    path = os.pathsep.join([str(_HOOK), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    variables = {"PYTHONPATH": path, "CLOCK_OFFSET_FILE": str(offset)}
    async with Stage(broker, folder, seed=seed, variables=variables) as stage:
        (hand,) = await stage.crew.start(1)
        feed = stage.feed(pages, rate)
        for number in range(times):
            await asyncio.sleep(1.5)
            with offset.open("r+b") as file:
                file.write(struct.pack("d", _JUMPS[number % len(_JUMPS)]))
            stage.hurt()
        await feed
        result = await stage.result()
    if "the clock is held in" not in hand.log.read_text():
        result.verdict.accuse("the round itself works", "the worker did not take the clock")
    return result
