"""Load: very many pages at once, far more than there is room for in flight.

The worker takes in what its window allows and no more: its memory has a bound that does not
depend on how many wait, and the group notices nothing. FOLD's own memory, which grows with what it
remembers, is held to a small number of articles here.
"""

import time
from pathlib import Path

from tests.brokers.plugin import Broker
from tests.faults.group_watch import GroupWatch
from tests.faults.memory_watch import MemoryWatch, resident
from tests.faults.result import Result
from tests.faults.stage import Stage

MOST_GROWTH = 128 * 2**20
"""Bytes by which the worker itself may grow while the burst lasts: its window of pages, what Faust
and the clients buffer, and FOLD's articles."""

_SECONDS_A_PAGE = 0.1
_REMEMBERED = 1000


async def burst(broker: Broker, folder: Path, *, pages: int, seed: int = 21) -> Result:
    """One worker that has read some pages; then all the others come at once."""
    async with Stage(broker, folder, seed=seed, window_articles=_REMEMBERED, extractors=2) as stage:
        (hand,) = await stage.crew.start(1)
        first = min(2 * _REMEMBERED, pages // 4)
        await stage.feed(first)
        await stage.outcomes(first)
        before = resident(hand.pid)
        group, memory = GroupWatch(stage.deployment), MemoryWatch(hand.pid)
        begun = time.monotonic()
        stage.hurt()
        await stage.feed(pages - first)
        fed = time.monotonic() - begun
        await stage.drained(60.0 + pages * _SECONDS_A_PAGE)
        taken = time.monotonic() - begun
        await group.close()
        await memory.close()
        result = await stage.result()
    growth = memory.most - before
    if growth > MOST_GROWTH:
        result.verdict.accuse("memory is bounded", f"grew by {growth / 2**20:.0f} MiB")
    if not group.is_calm:
        seen = f"{group.states}, {len(group.members)} sets of members"
        result.verdict.accuse("a burst causes no rebalance", seen)
    result.notes.append(
        f"fed in {fed:.0f} s, read in {taken:.0f} s; worker {before / 2**20:.0f} MiB before,"
        f" {memory.most / 2**20:.0f} MiB at most; {group.looks} looks at the group, all alike"
    )
    return result
