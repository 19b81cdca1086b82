"""A record whose header name is not UTF-8, as a client in C or Go may write it."""

from typing import Any

from aiokafka import AIOKafkaProducer
from aiokafka.record.default_records import _DefaultRecordBatchBuilderPy

from service.contract.record import Topic
from service.worker.kafka.topics import topic_name
from tests.worker.deployment import Deployment
from tests.worker.feeding import Fed

CODECS = (0, 1, 2, 3, 4)
"""None, gzip, snappy, lz4 and zstd, as Kafka numbers them."""


class RawName(str):
    """A name that is written as these bytes."""

    raw: bytes

    def __new__(cls, raw: bytes) -> "RawName":
        name = super().__new__(cls, raw.decode("latin-1"))
        name.raw = raw
        return name

    def encode(self, *_: str) -> bytes:
        return self.raw


async def feed_batch(deployment: Deployment, records: list[Fed], compression: int) -> None:
    """Write the records to partition 0 of `pages.raw` as one batch; names may be RawName.

    aiokafka's builder in C takes no name but a plain one, its other builder does.
    """
    builder = _DefaultRecordBatchBuilderPy(
        magic=2,
        compression_type=compression,
        is_transactional=0,
        producer_id=-1,
        producer_epoch=-1,
        base_sequence=0,
        batch_size=2**24,
    )
    producer = AIOKafkaProducer(bootstrap_servers=deployment.broker.bootstrap)
    await producer.start()
    try:
        batch: Any = producer.create_batch()
        batch._builder = builder
        for record in records:
            batch.append(
                timestamp=record.timestamp,
                key=record.key,
                value=record.value,
                headers=list(record.headers),
            )
        name = topic_name(Topic.RAW, deployment.settings)
        await (await producer.send_batch(batch, name, partition=0))
    finally:
        await producer.stop()
