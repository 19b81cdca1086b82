"""Faults: a process that reads pages hangs, or is killed, with a page in hand.

The page becomes a dead letter that says so, and can be replayed; its neighbours notice nothing, and
another child takes the place. A child that is killed between two pages costs none.
"""

import asyncio
import contextlib
import os
import random
import signal
from pathlib import Path
from typing import TypedDict

from service.contract.outcome import FailureReason
from tests.brokers.plugin import Broker
from tests.faults.result import Result
from tests.faults.stage import Stage
from tests.worker.processes import readers


class PageLimits(TypedDict):
    """Settings: what one page may take of processor and of wall time, in seconds."""

    page_seconds: float
    page_wall_seconds: float


# A child that is stopped uses no processor: the limit of wall time ends it.
PAGE_LIMITS: PageLimits = {"page_seconds": 3.0, "page_wall_seconds": 3.0}
BROKEN = frozenset({FailureReason.TIMEOUT.value, FailureReason.CRASHED.value})


async def hurt_children(
    broker: Broker, folder: Path, *, times: int, pages: int, rate: float, seed: int = 16
) -> Result:
    """Two workers; in turn a child is killed, and one is stopped and never goes on."""
    async with Stage(broker, folder, seed=seed, extractors=2, **PAGE_LIMITS) as stage:
        await stage.crew.start(2)
        feed = stage.feed(pages, rate)
        await hurt_some(stage, times, seed)
        await feed
        result = await stage.result(excused=BROKEN)
    if result.verdict.excused > result.faults:
        what = f"{result.verdict.excused} pages for {result.faults} children"
        result.verdict.accuse("a broken child costs the page in it and no other", what)
    result.notes.append(f"{result.verdict.excused} pages became dead letters with their child")
    return result


async def hurt_some(stage: Stage, times: int, seed: int = 16) -> None:
    """In turn kill a child and stop one, so many times, 0.5 to 2 s apart."""
    lot = random.Random(seed)
    for number in range(times):
        await asyncio.sleep(lot.uniform(0.5, 2.0))
        hand = lot.choice(stage.crew.hands)
        with contextlib.suppress(ProcessLookupError, IndexError):
            child = lot.choice(readers(hand.pid))
            os.kill(child, signal.SIGSTOP if number % 2 else signal.SIGKILL)
            stage.hurt()
