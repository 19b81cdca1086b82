"""Compression by topic: one producer writes topics that other teams read and topics that only
copydesk reads.

aiokafka knows one codec for each producer, and FOLD writes events and state in one transaction,
which is one producer. Its batches are of one partition each, so the codec can be the topic's. Like
`aiokafka_internals.py`, this file relies on private names of aiokafka.
"""

import gzip
import sys
from collections.abc import Mapping
from typing import Any, Final

from aiokafka import AIOKafkaProducer
from aiokafka.producer.message_accumulator import BatchBuilder
from aiokafka.record.default_records import DefaultRecordBatchBuilder

GZIP_LEVEL: Final = 4
"""aiokafka compresses at level 9, which takes two minutes for 48 MB of a page that repeats two
letters at random, on the worker's event loop. Level 4 takes a second, and half the time for
events, which become as small as with zstd."""


def compress_by_topic(producer: AIOKafkaProducer, codecs: Mapping[str, str]) -> None:
    """Let a producer compress the batches of some topics with codecs of their own.

    Batches that were made with `create_batch` and hold records already keep the producer's codec.

    Args:
        producer: not started yet.
        codecs: by topic name: `none`, `gzip`, `snappy`, `lz4` or `zstd`.
    """
    module: Any = sys.modules[DefaultRecordBatchBuilder.__module__]
    module.gzip_encode = _gzip
    numbers = {topic: _number(codec) for topic, codec in codecs.items()}
    accumulator: Any = producer._message_accumulator
    append, default = accumulator._append_batch, accumulator._compression_type

    def append_batch(builder: BatchBuilder, partition: Any) -> Any:
        number = numbers.get(partition.topic, default)
        if number != default and not builder.record_count():
            accumulator._compression_type = number
            try:
                builder = accumulator.create_builder()
            finally:
                accumulator._compression_type = default
        return append(builder, partition)

    accumulator._append_batch = append_batch


def _number(codec: str) -> int:
    """Return Kafka's number of a codec."""
    return 0 if codec == "none" else int(AIOKafkaProducer._COMPRESSORS[codec][1])


def _gzip(payload: Any) -> bytes:
    return gzip.compress(payload, GZIP_LEVEL, mtime=0)
