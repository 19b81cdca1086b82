"""Load: the processes that read pages stand still for longer than a session, with pages waiting.

The worker takes no more pages in than its window holds, and goes on telling the group that it
lives: nobody takes its partitions away, and no page is given up.
"""

import asyncio
import contextlib
import os
import signal
from pathlib import Path

from tests.brokers.plugin import Broker
from tests.faults.group_watch import GroupWatch
from tests.faults.memory_watch import MemoryWatch, resident
from tests.faults.result import Result
from tests.faults.stage import Stage
from tests.worker.processes import readers

_SESSIONS = 2.5
_WINDOW = 8


async def slow_extractor(broker: Broker, folder: Path, *, pages: int, seed: int = 22) -> Result:
    """One worker with two readers, both stopped for two and a half sessions."""
    async with Stage(
        broker, folder, seed=seed, window_pages=_WINDOW, page_seconds=120, extractors=2
    ) as stage:
        (hand,) = await stage.crew.start(1)
        await stage.feed(20)
        await stage.outcomes(20)
        before = resident(hand.pid)
        group, memory = GroupWatch(stage.deployment), MemoryWatch(hand.pid)
        children = readers(hand.pid)
        try:
            _signal(children, signal.SIGSTOP)
            stage.hurt()
            await stage.feed(pages)
            await asyncio.sleep(_SESSIONS * stage.deployment.settings.session_timeout)
            through = len(stage.watch.times)
        finally:
            _signal(children, signal.SIGCONT)
        await stage.drained()
        await group.close()
        await memory.close()
        result = await stage.result()
    if not group.is_calm:
        seen = f"{group.states}, {len(group.members)} sets of members"
        result.verdict.accuse("a slow extractor causes no rebalance", seen)
    if through > 20 + len(children):
        result.verdict.accuse("the round itself works", f"{through} pages were read meanwhile")
    growth = (memory.most - before) / 2**20
    result.notes.append(f"{pages} pages waited; worker grew by {growth:.0f} MiB; no rebalance")
    return result


def _signal(pids: list[int], number: signal.Signals) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)
