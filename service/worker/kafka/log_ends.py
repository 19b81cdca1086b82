"""Asks the broker for the end offsets of partitions, with a client of its own."""

from collections.abc import Iterable
from types import TracebackType
from typing import Self

from aiokafka import AIOKafkaConsumer, TopicPartition

from service.settings import Settings
from service.worker.health.progress import Partition
from service.worker.kafka.clients import client_options


class LogEnds:
    """Gets end offsets. Use it as a context manager; it reads no records and joins no group."""

    def __init__(self, settings: Settings) -> None:
        self._consumer = AIOKafkaConsumer(
            **client_options(settings), enable_auto_commit=False, isolation_level="read_committed"
        )

    async def __aenter__(self) -> Self:
        await self._consumer.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._consumer.stop()

    async def ask(self, partitions: Iterable[Partition]) -> dict[Partition, int]:
        """Return each partition's end offset, that of its next committed record; the embedded
        broker's may be too low.

        Raises:
            KafkaError: the broker does not return them.
        """
        named = {TopicPartition(each.topic, each.number): each for each in partitions}
        if not named:
            return {}
        ends = await self._consumer.end_offsets(list(named))
        return {named[partition]: end for partition, end in ends.items()}
