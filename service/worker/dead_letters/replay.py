"""Replays dead letters: puts their inputs back on the topics they came from.

A run puts each input back once, from its newest dead letter, however many it has. Repeating a run,
or interrupting and restarting it, therefore adds no events: an input that has had its outcome in
between gets the same one, or is `unchanged`.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, field

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.errors import UnknownTopicOrPartitionError

from service.contract.record import Topic
from service.settings import MEBIBYTE, Settings
from service.worker.dead_letters.letter import DeadLetter, read_letter, restored
from service.worker.kafka.aiokafka_internals import read_any_header_name
from service.worker.kafka.clients import client_options
from service.worker.kafka.producers import make_producer, send
from service.worker.kafka.reaching import start
from service.worker.kafka.topics import topic_name

IN_FLIGHT = 100
"""Most records that await the broker's acknowledgement."""

_FETCH_BYTES = 16 * MEBIBYTE
_QUIET_MS = 1000


@dataclass(frozen=True, slots=True)
class OffsetRange:
    """Offsets of one partition of `pages.failed`, inclusive; to the end if `last` is None."""

    partition: int
    first: int = 0
    last: int | None = None

    def holds(self, partition: int, offset: int) -> bool:
        """True if a record's position is in the range."""
        within = self.first <= offset and (self.last is None or offset <= self.last)
        return partition == self.partition and within


@dataclass(frozen=True, slots=True)
class Selection:
    """Which dead letters to replay; an empty or None attribute does not restrict.

    Attributes:
        since, until: bounds of the input's timestamp, milliseconds since the epoch; `until` is
            exclusive.
    """

    reasons: frozenset[str] = frozenset()
    stages: frozenset[str] = frozenset()
    since: int | None = None
    until: int | None = None
    ranges: tuple[OffsetRange, ...] = ()
    limit: int | None = None

    def takes(self, letter: DeadLetter) -> bool:
        """True if the dead letter is selected, its position in the topic aside."""
        return (
            (not self.reasons or letter.reason in self.reasons)
            and (not self.stages or letter.stage in self.stages)
            and (self.since is None or letter.timestamp >= self.since)
            and (self.until is None or letter.timestamp < self.until)
        )

    def reaches(self, partition: int, offset: int) -> bool:
        """True if a position in the topic is selected."""
        return not self.ranges or any(each.holds(partition, offset) for each in self.ranges)


@dataclass(slots=True)
class Chosen:
    """Result of the first pass over `pages.failed`.

    Attributes:
        letters: dead letters read; `inputs`: distinct inputs among them.
        places: partition and offset of the newest dead letter of each input to put back.
    """

    letters: int = 0
    inputs: int = 0
    places: set[tuple[int, int]] = field(default_factory=set)


class Replay:
    """One run over `pages.failed` as it is at the start. Use it as a context manager.

    Raises on entering:
        KafkaError: the broker cannot be reached, or has no such topic.
    """

    def __init__(self, selection: Selection, settings: Settings) -> None:
        self._selection = selection
        self._settings = settings
        self._ends: dict[TopicPartition, int] = {}
        read_any_header_name(settings)
        self._name = topic_name(Topic.FAILED, settings)
        self._consumer = AIOKafkaConsumer(
            self._name,
            **client_options(settings),
            isolation_level="read_committed",
            enable_auto_commit=False,
            max_partition_fetch_bytes=_FETCH_BYTES,
        )

    async def __aenter__(self) -> "Replay":
        await start(self._consumer, self._settings)
        try:
            partitions = self._consumer.partitions_for_topic(self._name)
            if not partitions:
                raise UnknownTopicOrPartitionError(self._name)
            wanted = {each.partition for each in self._selection.ranges} or partitions
            places = [TopicPartition(self._name, each) for each in sorted(wanted & partitions)]
            self._consumer.unsubscribe()
            self._consumer.assign(places)
            self._ends = await self._consumer.end_offsets(places)
        except BaseException:
            await self._consumer.stop()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._consumer.stop()

    async def choose(self) -> Chosen:
        """Read the dead letters; choose the newest of each input, if it is selected."""
        chosen = Chosen()
        newest: dict[bytes, tuple[int, tuple[int, int], bool]] = {}
        async with aclosing(self._letters()) as letters:
            async for letter in letters:
                chosen.letters += 1
                held = newest.get(letter.identity)
                if held is None or held[0] <= letter.attempts:
                    place = (letter.partition, letter.offset)
                    newest[letter.identity] = letter.attempts, place, self._selection.takes(letter)
        chosen.inputs = len(newest)
        chosen.places = {place for _, place, taken in newest.values() if taken}
        return chosen

    async def chosen(self, chosen: Chosen) -> AsyncGenerator[DeadLetter, None]:
        """Yield the chosen dead letters, each partition in offset order, up to the limit."""
        given = 0
        async with aclosing(self._letters()) as letters:
            async for letter in letters:
                if given == min(len(chosen.places), self._selection.limit or len(chosen.places)):
                    return
                if (letter.partition, letter.offset) in chosen.places:
                    given += 1
                    yield letter

    async def put_back(
        self, chosen: Chosen, rate: float | None
    ) -> AsyncGenerator[DeadLetter, None]:
        """Put the chosen inputs back; yield each dead letter once the broker has acknowledged it.

        Args:
            rate: inputs a second at most; None for as fast as the broker accepts them.

        Raises:
            KafkaError: the broker refused one; those before it have been put back.
        """
        producer = make_producer(self._settings)
        await start(producer, self._settings)
        flying: list[tuple[DeadLetter, asyncio.Future[object]]] = []
        try:
            async with aclosing(self.chosen(chosen)) as letters:
                pace = _Pace(rate)
                async for letter in letters:
                    await pace.wait()
                    flying.append((letter, await self._send(producer, letter)))
                    if rate is not None or len(flying) >= IN_FLIGHT:
                        for sent, acknowledged in flying:
                            await acknowledged
                            yield sent
                        flying.clear()
            for sent, acknowledged in flying:
                await acknowledged
                yield sent
        finally:
            await producer.stop()

    async def _send(
        self, producer: AIOKafkaProducer, letter: DeadLetter
    ) -> "asyncio.Future[object]":
        return await send(producer, restored(letter, self._settings.shards), self._settings)

    async def _letters(self) -> AsyncGenerator[DeadLetter, None]:
        """Yield every selected position's dead letter, until a poll returns no more.

        The embedded broker may return an end offset that is too small by less than a batch, so
        records that arrive together with the last ones are yielded too.
        """
        for partition in self._ends:
            within = [e for e in self._selection.ranges if e.partition == partition.partition]
            first = min((each.first for each in within), default=0)
            (start,) = (await self._consumer.beginning_offsets([partition])).values()
            self._consumer.seek(partition, max(start, first))
        while True:
            got = await self._consumer.getmany(timeout_ms=_QUIET_MS)
            for record in (each for records in got.values() for each in records):
                letter = read_letter(record)
                if letter and self._selection.reaches(letter.partition, letter.offset):
                    yield letter
            if not got and await self._is_at_end():
                return

    async def _is_at_end(self) -> bool:
        at = [await self._consumer.position(each) >= end for each, end in self._ends.items()]
        return all(at)


class _Pace:
    """Limits the rate per second; None for no limit."""

    def __init__(self, rate: float | None) -> None:
        self._step = 1 / rate if rate else 0.0
        self._next = 0.0

    async def wait(self) -> None:
        """Wait until the next one may go."""
        now = asyncio.get_running_loop().time()
        await asyncio.sleep(max(0.0, self._next - now))
        self._next = max(self._next, now) + self._step
