"""Exchange of event times among the workers of a group, for alignment: each commits what its
partitions of `pages.raw` have reached, as metadata of their offsets, and reads the others'."""

import asyncio
import logging
from collections.abc import Callable
from typing import Protocol

from aiokafka import TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError
from faust.exceptions import ConsumerNotStarted

from service.settings import Settings
from service.worker.health.exit import vital
from service.worker.kafka.alignment import MINUTE
from service.worker.kafka.clients import client_options
from service.worker.kafka.read_ahead import ReadAhead

logger = logging.getLogger(__name__)

_TURN_SECONDS = 0.1
_IDLE_SECONDS = 10.0
"""Longest time between two exchanges. A live worker has no reason for others: event time and time
go at the same pace."""

_STEPS = 8
"""Event times are exchanged once a partition has moved by the limit divided by this."""

_AFTER_ERROR_SECONDS = 5.0
_ANSWER_SECONDS = 10.0


class Committing(Protocol):
    """What the exchange needs of the consumer."""

    def count_partitions(self) -> int | None:
        """Return how many partitions the aligned topic has; None if it is not known yet."""

    async def commit_start(self) -> None:
        """Commit where the aligned partitions begin, before any of their records is delivered."""

    async def commit_aligned(self) -> None:
        """Commit what is done of the aligned partitions."""


class GroupProgress:
    """A task that runs until it is closed; without an answer of the broker it tries again.

    Args:
        topic: name of the topic that is aligned.
        consumer: returns the worker's consumer.
    """

    def __init__(
        self, topic: str, ahead: ReadAhead, settings: Settings, consumer: Callable[[], Committing]
    ) -> None:
        self._topic = topic
        self._ahead = ahead
        self._settings = settings
        self._consumer = consumer
        self._generation = -1
        self._last = 0.0
        self._warned: list[int] = []
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Start the exchange."""
        self._task = asyncio.create_task(self._run())
        vital(self._task, "partitions cannot be aligned")

    async def close(self) -> None:
        """Stop the exchange."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        while True:
            admin = AIOKafkaAdminClient(**client_options(self._settings))
            try:
                await admin.start()
                while True:
                    async with asyncio.timeout(_ANSWER_SECONDS):
                        await self._turn(admin)
                    await asyncio.sleep(_TURN_SECONDS)
            except (KafkaError, ConsumerNotStarted, TimeoutError) as error:
                logger.debug("the broker does not say what the group has reached: %r", error)
            finally:
                await admin.close()
            await asyncio.sleep(_AFTER_ERROR_SECONDS)

    async def _turn(self, admin: AIOKafkaAdminClient) -> None:
        ahead = self._ahead
        own = set(ahead.partitions)
        if not own:
            return  # no partition is assigned yet, or none is left for this worker
        count = self._consumer().count_partitions()
        if count is None:
            return
        others = set(range(count)) - own
        if not others:
            ahead.group.see({})
            ahead.open()
            return
        if self._generation != ahead.generation:
            if ahead.is_looking:
                return
            await self._consumer().commit_start()
            self._generation = ahead.generation
        elif ahead.is_open and not self._is_due():
            return
        if self._has_moved():
            # What is done; pages in work may take a while, so this is tried again.
            await self._consumer().commit_aligned()
        await self._read(admin, others)
        self._last = asyncio.get_running_loop().time()

    def _is_due(self) -> bool:
        waited = asyncio.get_running_loop().time() - self._last
        return waited >= _IDLE_SECONDS or self._has_moved() or bool(self._ahead.held())

    def _has_moved(self) -> bool:
        """True if what the group knows of a partition is old, by event time."""
        step = self._ahead.limit / _STEPS
        return any(lag > step for lag in self._ahead.lags().values())

    async def _read(self, admin: AIOKafkaAdminClient, others: set[int]) -> None:
        generation = self._ahead.generation
        own = set(self._ahead.partitions)
        asked = [TopicPartition(self._topic, each) for each in sorted(own | others)]
        found = await admin.list_consumer_group_offsets(self._settings.group, partitions=asked)
        if generation != self._ahead.generation:
            return  # partitions were assigned anew while the broker answered
        committed = {tp.partition: (at.offset, at.metadata or "") for tp, at in found.items()}
        group = self._ahead.group
        group.see({each: at for each, at in committed.items() if each in others})
        # The embedded broker keeps no metadata: its workers cannot wait for each other.
        is_kept = any(committed[each][1] for each in own & committed.keys())
        if group.is_complete(others) or not is_kept:
            self._ahead.open()
        self._warn(group.stalled())

    def _warn(self, stalled: list[int]) -> None:
        """Log the partitions that are not waited for, when they change."""
        if stalled and stalled != self._warned:
            names = ", ".join(f"{self._topic}/{each}" for each in stalled)
            logger.warning(
                "%s: not read any further for %g s by the worker that has it; other partitions no"
                " longer wait for it (COPYDESK_ALIGN_MINUTES=%g)",
                names,
                self._settings.stuck_after,
                self._ahead.limit / MINUTE,
            )
        self._warned = stalled
