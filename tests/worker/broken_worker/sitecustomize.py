"""Breaks a worker from inside, once the file that `BREAK_WHEN` names is there.

Python imports a module of this name by itself at its start: a test puts this folder on PYTHONPATH.
"""

import asyncio
import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from faust.transport.drivers.aiokafka import AIOKafkaConsumerThread
from faust.types import TP

from service.worker.read_agent import ReadAgent

# Blocking is what this file is for, and the names of parameters are Faust's.
# ruff: noqa: ASYNC109, ASYNC240, ASYNC251

HOW = os.environ.get("BREAK_HOW")
WHEN = Path(os.environ.get("BREAK_WHEN", "/nowhere"))

_take = ReadAgent.take
_getmany = AIOKafkaConsumerThread.getmany


async def _take_or_break(self: ReadAgent, event: Any) -> None:
    if WHEN.exists():
        if HOW == "block the loop":
            time.sleep(1000)
        await asyncio.Event().wait()
    await _take(self, event)


async def _get_nothing(
    self: AIOKafkaConsumerThread, active_partitions: set[TP] | None, timeout: float
) -> Mapping[TP, list[Any]]:
    if WHEN.exists():
        await asyncio.sleep(0.2)
        return {}
    return await _getmany(self, active_partitions, timeout)


if HOW in ("block the loop", "wedge the agent"):
    ReadAgent.take = _take_or_break  # type: ignore[method-assign]
elif HOW == "stop without a word":
    AIOKafkaConsumerThread.getmany = _get_nothing  # type: ignore[method-assign]
