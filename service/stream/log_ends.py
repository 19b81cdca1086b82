"""Where the logs of partitions end, asked of the broker by a client of its own."""

from collections.abc import Iterable
from types import TracebackType
from typing import Self

from aiokafka import AIOKafkaConsumer, TopicPartition

from service.settings import Settings
from service.stream.connection import client_options
from service.stream.progress import Partition


class LogEnds:
    """Asks for ends. Use it as a context manager; it reads no records and is in no group."""

    def __init__(self, settings: Settings) -> None:
        self._consumer = AIOKafkaConsumer(**client_options(settings), enable_auto_commit=False)

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
        """The offset that the next record of each will have; the embedded broker says too little.

        Raises:
            KafkaError: it cannot be had.
        """
        named = {TopicPartition(each.topic, each.number): each for each in partitions}
        if not named:
            return {}
        ends = await self._consumer.end_offsets(list(named))
        return {named[partition]: end for partition, end in ends.items()}
