"""Records that are sent together are in one batch, or in as few as they fit into."""

import asyncio
from typing import Any

from service.contract.record import Record, Topic
from service.settings import MEBIBYTE, FixedSettings
from service.worker.kafka.producers import make_producer, send_together

SETTINGS = FixedSettings(largest_message=MEBIBYTE)
BATCH = MEBIBYTE // 2


class Sent:
    """Batches that a producer would have sent: how many records each has."""

    def __init__(self) -> None:
        self._producer: Any = make_producer(SETTINGS)
        self.batches: list[int] = []

    def create_batch(self) -> Any:
        return self._producer.create_batch()

    async def send_batch(self, batch: Any, topic: str, *, partition: int) -> Any:
        assert (topic, partition) == ("fold.state", 3)
        self.batches.append(batch.record_count())
        done = asyncio.get_running_loop().create_future()
        done.set_result(None)
        return done

    async def stop(self) -> None:
        await self._producer.stop()


async def sent(*sizes: int) -> list[int]:
    records = [Record(Topic.FOLD_STATE, b"key", bytes(size), partition=3) for size in sizes]
    producer: Any = Sent()
    try:
        await send_together(producer, records, SETTINGS)
    finally:
        await producer.stop()
    batches: list[int] = producer.batches
    return batches


async def test_small_records_are_one_batch() -> None:
    assert await sent(10, 10, 10) == [3]


async def test_no_records_are_no_batch() -> None:
    assert await sent() == []


async def test_records_that_do_not_fit_are_several_batches_in_order() -> None:
    assert await sent(BATCH // 2, BATCH // 3, BATCH // 2, 10) == [2, 2]


async def test_a_record_larger_than_a_batch_is_a_batch_by_itself() -> None:
    assert await sent(10, 2 * BATCH, 10, 10) == [1, 1, 2]
