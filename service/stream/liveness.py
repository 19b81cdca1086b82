"""Looks after a running app: feeds the watchdog, watches progress, ends a worker that is stuck."""

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from aiokafka.errors import KafkaError
from faust.exceptions import ConsumerNotStarted
from faust.types import TP

from service.settings import Settings
from service.stream.fatal import Stop, vital
from service.stream.log_ends import LogEnds
from service.stream.progress import Partition, Progress, Sight
from service.stream.watchdog import Watchdog

logger = logging.getLogger(__name__)

_LOOK_SECONDS = 0.5
_ASK_SECONDS = 5.0
_ANSWER_SECONDS = 10.0


class Liveness:
    """Two tasks and a thread, from the app's start to the process's end.

    Args:
        look: the app as it is now.
        consumer: gives Faust's consumer.
    """

    def __init__(
        self, settings: Settings, look: Callable[[], Sight], consumer: Callable[[], Any]
    ) -> None:
        self.progress = Progress(settings.stuck_after)
        self._settings = settings
        self._look = look
        self._consumer = consumer
        self._watchdog = Watchdog(settings.loop_seconds)
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Begin to watch."""
        self._watchdog.start()
        self._tasks = [asyncio.create_task(self._watch()), asyncio.create_task(self._ask())]
        for task in self._tasks:
            vital(task, "the worker cannot be watched")

    def stop_watching_progress(self) -> None:
        """Leave it to the drain; the event loop is still watched."""
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
        """Positions and ends. Where one cannot be had, what is known of it stays."""
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
