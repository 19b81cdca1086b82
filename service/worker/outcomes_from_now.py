"""Reads the records that are written to output topics from now on."""

from collections.abc import AsyncGenerator, Sequence
from types import TracebackType
from typing import Self

from aiokafka import AIOKafkaConsumer

from service.contract.record import Record, Topic
from service.settings import Settings
from service.worker.kafka.aiokafka_internals import read_any_header_name
from service.worker.kafka.output_topics import make_consumer, names_of, record_of
from service.worker.kafka.topics import TopicsUnavailable, existing_topics


class OutcomesFromNow:
    """A consumer without a group. Once entered, it misses no record that is written after that.

    Raises:
        TopicsUnavailable: on entering: a topic does not exist or may not be read, or the broker
            cannot be reached.
        KafkaError: the same, later.
    """

    def __init__(self, topics: Sequence[Topic], settings: Settings) -> None:
        self._settings = settings
        self._by_name = names_of(topics, settings)
        self._consumer: AIOKafkaConsumer | None = None

    async def __aenter__(self) -> Self:
        missing = set(self._by_name) - await existing_topics(self._settings)
        if missing:
            raise TopicsUnavailable(f"{', '.join(sorted(missing))}: not there, or not readable")
        read_any_header_name(self._settings)
        consumer = make_consumer(self._by_name, self._settings, from_beginning=False)
        try:
            await consumer.start()
            for partition in consumer.assignment():
                await consumer.position(partition)
        except BaseException:
            await consumer.stop()
            raise
        self._consumer = consumer
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._consumer is not None:
            await self._consumer.stop()

    async def records(self) -> AsyncGenerator[Record, None]:
        """Yield the records as they arrive, without end."""
        assert self._consumer is not None, "entered"
        async for got in self._consumer:
            yield record_of(got, self._by_name)
