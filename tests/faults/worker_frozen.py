"""Fault: a worker stopped past its session timeout that then goes on, believing nothing happened.

Its partitions have moved, its successor has written. What it held in flight it may still write as
READ, with the same bytes; as FOLD its transactional producer is fenced, and it ends with an exit
code of its own, or it learns first that the group went on without it and joins again.
"""

import asyncio
from pathlib import Path

from tests.brokers.plugin import Broker
from tests.faults.result import Result
from tests.faults.stage import Stage

_SESSIONS = 1.5


async def freeze_workers(
    broker: Broker, folder: Path, *, times: int, pages: int, rate: float, seed: int = 12
) -> Result:
    """Two workers; each in turn is stopped for one and a half sessions."""
    async with Stage(broker, folder, seed=seed) as stage:
        await stage.crew.start(2)
        feed = stage.feed(pages, rate)
        ended = 0
        for number in range(times):
            await asyncio.sleep(2.0)
            zombie = stage.crew.hands[number % 2]
            zombie.freeze()
            stage.hurt()
            await asyncio.sleep(_SESSIONS * stage.deployment.settings.session_timeout)
            zombie.thaw()
            await asyncio.sleep(3.0)
            if not zombie.is_running():
                ended += 1
                zombie.launch()
        await feed
        ended += stage.crew.revive()
        result = await stage.result()
        result.notes.append(f"{ended} of {times} zombies ended themselves, the others joined again")
        return result
