"""Kafka producers of the stages, and the check whether the broker has transactions."""

import asyncio
import logging
import uuid
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from aiokafka import AIOKafkaProducer
from aiokafka.errors import (
    InvalidTopicError,
    MessageSizeTooLargeError,
    TopicAuthorizationFailedError,
    UnknownError,
    UnknownTopicOrPartitionError,
    UnsupportedVersionError,
)

from service.contract.cloud_event import EVENT_TOPICS, from_source
from service.contract.record import Record, Topic
from service.settings import MEBIBYTE, Settings
from service.worker.kafka.aiokafka_internals import quiet_sender
from service.worker.kafka.clients import client_options
from service.worker.kafka.topic_codecs import compress_by_topic
from service.worker.kafka.topics import topic_name

OUTPUT_TOPICS = (*EVENT_TOPICS, Topic.FAILED, Topic.NOTIFICATIONS_FAILED)
"""The topics that other teams read, compressed as the settings say; others with zstd."""

_PROBE_SECONDS = 30.0
_UNBOUNDED = 2**31 - 1

_OF_THE_TOPIC = (
    InvalidTopicError,
    MessageSizeTooLargeError,
    TopicAuthorizationFailedError,
    UnknownTopicOrPartitionError,
)

logger = logging.getLogger(__name__)


class TransactionsUnavailable(RuntimeError):
    """The settings require transactions, and the broker has none."""


async def has_transactions(settings: Settings) -> bool:
    """Return whether FOLD writes in transactions: depends on the settings and on the broker.

    Raises:
        TransactionsUnavailable: the settings require transactions, and the broker has none.
        KafkaError: the broker cannot be asked.
        TimeoutError: the broker did not answer within 30 s.
    """
    if settings.transactions == "off":
        return False
    probe = make_producer(settings, transactional_id=f"{settings.group}-probe-{uuid.uuid4()}")
    try:
        # A broker without transactions is an answer, not an error to log.
        with quiet_sender():
            async with asyncio.timeout(_PROBE_SECONDS):
                await probe.start()
    except (UnknownError, UnsupportedVersionError) as error:
        # The embedded broker's answer; any other error (not authorised, no coordinator) is raised.
        if settings.transactions == "require":
            raise TransactionsUnavailable(
                f"COPYDESK_TRANSACTIONS=require, but {settings.brokers} has none: {error}"
            ) from error
        return False
    finally:
        await probe.stop()
    return True


def make_producer(
    settings: Settings,
    *,
    transactional_id: str | None = None,
    idempotent: bool = False,
    any_size: bool = False,
) -> AIOKafkaProducer:
    """Create a producer, not started, that waits for all replicas and accepts the largest messages.

    It compresses output topics as `COPYDESK_COMPRESSION` says, and every other topic with zstd.

    Args:
        any_size: leave the size check to the broker. The broker counts bytes after compression, so
            it has accepted inputs that are larger than the limit before compression.
    """
    producer = AIOKafkaProducer(
        **client_options(settings),
        acks="all",
        enable_idempotence=idempotent or transactional_id is not None,
        transactional_id=transactional_id,
        max_request_size=_UNBOUNDED if any_size else settings.largest_message + 2 * MEBIBYTE,
        # Room for all records of one `send_together`, and below the largest message of a topic.
        max_batch_size=settings.largest_message // 2,
        compression_type="zstd",
        linger_ms=5,
    )
    names = (topic_name(topic, settings) for topic in OUTPUT_TOPICS)
    compress_by_topic(producer, dict.fromkeys(names, settings.compression))
    return producer


async def send(
    producer: AIOKafkaProducer, record: Record, settings: Settings
) -> "asyncio.Future[Any]":
    """Pass a record to the producer, an event with this deployment's source; the future is done
    when the broker has acknowledged it.

    Raises:
        KafkaError: the producer does not accept it (closed, fenced, record too large).
    """
    record = from_source(record, settings.source)
    future: asyncio.Future[Any] = await producer.send(
        topic_name(record.topic, settings),
        value=record.value,
        key=record.key,
        partition=record.partition,
        timestamp_ms=record.timestamp,
        headers=list(record.headers),
    )
    future.add_done_callback(partial(_name_refusal, record, settings))
    return future


def _name_refusal(record: Record, settings: Settings, done: "asyncio.Future[Any]") -> None:
    """Log which topic refused a record: the producer's error does not name it."""
    if not done.cancelled() and isinstance(error := done.exception(), _OF_THE_TOPIC):
        name, size = topic_name(record.topic, settings), len(record.value or b"")
        logger.error("%s does not take a record of %d bytes: %s", name, size, error)


async def send_all(
    producer: AIOKafkaProducer, records: Iterable[Record], settings: Settings
) -> list[Any]:
    """Send records and wait until the broker has acknowledged every one.

    Returns:
        aiokafka's metadata of each record: where it was written.

    Raises:
        KafkaError: a record was not written.
    """
    return await asyncio.gather(*[await send(producer, record, settings) for record in records])


async def send_together(
    producer: AIOKafkaProducer, records: Sequence[Record], settings: Settings
) -> None:
    """Write records of one partition in one batch, so that after a crash all are there or none.

    A broker writes a batch whole. Records that do not fit into one batch are sent in several.

    Raises:
        KafkaError: a batch was not written.
    """
    batch = producer.create_batch()
    for record in records:
        if not _fits(batch, record):
            await _send_batch(producer, batch, record, settings)
            batch = producer.create_batch()
            fits = _fits(batch, record)
            assert fits, "an empty batch takes a record of any size"
    if records:
        await _send_batch(producer, batch, records[-1], settings)


def _fits(batch: Any, record: Record) -> bool:
    added = batch.append(
        timestamp=record.timestamp,
        key=record.key,
        value=record.value,
        headers=list(record.headers),
    )
    return added is not None


async def _send_batch(
    producer: AIOKafkaProducer, batch: Any, record: Record, settings: Settings
) -> None:
    """Send a batch to the topic and partition of `record`, and wait for the acknowledgement."""
    name = topic_name(record.topic, settings)
    await (await producer.send_batch(batch, name, partition=record.partition))
