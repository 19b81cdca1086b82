"""Liveness of a running worker: a watchdog thread for the event loop, and the end of a worker whose
consumer makes no progress.
"""

import asyncio
import faulthandler
import logging
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from aiokafka.errors import KafkaError
from faust.exceptions import ConsumerNotStarted
from faust.types import TP

from service.settings import Settings
from service.worker.health.exit import Stop, die, vital
from service.worker.health.progress import Partition, Progress, WorkerSnapshot
from service.worker.kafka.log_ends import LogEnds


class Watchdog:
    """Ends the process with exit code 70 if the event loop does not report for `seconds`.

    The watchdog counts its own ticks instead of reading a clock: a process that was stopped
    (SIGSTOP, a frozen container) and continues was not blocked, and clock jumps have no effect.
    """

    def __init__(self, seconds: float, tick: float = 1.0) -> None:
        self._ticks_allowed = max(2, round(seconds / tick))
        self._tick = tick
        self._missed = 0
        self._thread = threading.Thread(target=self._watch, name="watchdog", daemon=True)

    def start(self) -> None:
        """Start watching; the thread runs until the process ends."""
        self._thread.start()

    def is_running(self) -> None:
        """Report that the event loop runs; called by the loop."""
        self._missed = 0

    def _watch(self) -> None:
        while True:
            time.sleep(self._tick)
            self._missed += 1
            if self._missed > self._ticks_allowed:
                faulthandler.dump_traceback(sys.__stderr__ or 2, all_threads=True)
                seconds = self._ticks_allowed * self._tick
                die(f"the event loop has been blocked for {seconds:g} s (stacks above)")


logger = logging.getLogger(__name__)

_LOOK_SECONDS = 0.5
_ASK_SECONDS = 5.0
_ANSWER_SECONDS = 10.0


class Liveness:
    """Two tasks and a thread, from the app's start to the process's end.

    Args:
        look: returns a snapshot of the worker.
        consumer: returns Faust's consumer.
    """

    def __init__(
        self, settings: Settings, look: Callable[[], WorkerSnapshot], consumer: Callable[[], Any]
    ) -> None:
        self.progress = Progress(settings.stuck_after)
        self._settings = settings
        self._look = look
        self._consumer = consumer
        self._watchdog = Watchdog(settings.loop_seconds)
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Start watching."""
        self._watchdog.start()
        self._tasks = [asyncio.create_task(self._watch()), asyncio.create_task(self._ask())]
        for task in self._tasks:
            vital(task, "the worker cannot be watched")

    def stop_watching_progress(self) -> None:
        """Stop the progress check while the worker drains; the event loop is still watched."""
        self._tasks[1].cancel()
        self._tasks[0].cancel()
        self._tasks = [asyncio.create_task(self._feed())]

    async def _watch(self) -> None:
        while True:
            self._watchdog.is_running()
            self.progress.see(self._look())
            if why := self.progress.stuck():
                raise Stop(
                    f"stuck: {why} (COPYDESK_STUCK_SECONDS); ending, to be started again:"
                    " nothing is lost by it"
                )
            await asyncio.sleep(_LOOK_SECONDS)

    async def _feed(self) -> None:
        while True:
            self._watchdog.is_running()
            await asyncio.sleep(_LOOK_SECONDS)

    async def _ask(self) -> None:
        """Update positions and end offsets; if one is not available, its last value stays."""
        while True:
            with _unanswered("the broker"):
                async with LogEnds(self._settings) as ends:
                    while True:
                        with _unanswered("the consumer"):
                            async with asyncio.timeout(_ANSWER_SECONDS):
                                self.progress.see_positions(await self._positions())
                        async with asyncio.timeout(_ANSWER_SECONDS):
                            self.progress.see_ends(await ends.ask(self.progress.partitions))
                        await asyncio.sleep(_ASK_SECONDS)
            await asyncio.sleep(_ASK_SECONDS)

    async def _positions(self) -> dict[Partition, int]:
        consumer = self._consumer()
        assigned: set[TP] = consumer.assignment()
        return {
            Partition(tp.topic, tp.partition): position
            for tp in assigned
            if (position := await consumer.position(tp)) is not None
        }


@contextmanager
def _unanswered(who: str) -> Iterator[None]:
    try:
        yield
    except (KafkaError, ConsumerNotStarted, TimeoutError) as error:
        logger.debug("%s does not say how far the log is read: %r", who, error)
