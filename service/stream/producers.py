"""Producers: what READ and FOLD write with, and whether the broker has transactions."""

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

from service.events.record import Record
from service.settings import MEBIBYTE, Settings
from service.stream.connection import client_options
from service.stream.topic_specs import topic_name

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
    """Transactions are demanded by the settings, and the broker has none."""


async def has_transactions(settings: Settings) -> bool:
    """Whether FOLD writes in transactions, by the settings and what the broker can.

    Raises:
        TransactionsUnavailable: they are demanded, and there are none.
        KafkaError: the broker cannot be asked.
    """
    if settings.transactions == "off":
        return False
    # A broker without transactions is an answer, not an error to log.
    sender = logging.getLogger("aiokafka.producer.sender")
    level = sender.level
    sender.setLevel(logging.CRITICAL)
    probe = make_producer(settings, transactional_id=f"{settings.group}-probe-{uuid.uuid4()}")
    try:
        async with asyncio.timeout(_PROBE_SECONDS):
            await probe.start()
    except (UnknownError, UnsupportedVersionError) as error:
        # What the embedded broker answers; anything else (no authority, no coordinator) is a fault.
        if settings.transactions == "require":
            raise TransactionsUnavailable(
                f"COPYDESK_TRANSACTIONS=require, but {settings.brokers} has none: {error}"
            ) from error
        return False
    finally:
        sender.setLevel(level)
        await probe.stop()
    return True


def make_producer(
    settings: Settings,
    *,
    transactional_id: str | None = None,
    idempotent: bool = False,
    any_size: bool = False,
) -> AIOKafkaProducer:
    """A producer, not started, that waits for all replicas and takes the largest messages.

    Args:
        any_size: leave it to the broker to say what is too large: it counts bytes after
            compression, and so lets inputs in that are larger before it.
    """
    return AIOKafkaProducer(
        **client_options(settings),
        acks="all",
        enable_idempotence=idempotent or transactional_id is not None,
        transactional_id=transactional_id,
        max_request_size=_UNBOUNDED if any_size else settings.largest_message + 2 * MEBIBYTE,
        # Room for all that `send_together` is given at once, and below what a topic takes.
        max_batch_size=settings.largest_message // 2,
        compression_type="zstd",
        linger_ms=5,
    )


async def send(
    producer: AIOKafkaProducer, record: Record, settings: Settings
) -> "asyncio.Future[Any]":
    """Hand a record to the producer; the future is done when the broker has acknowledged it.

    Raises:
        KafkaError: the producer takes no more (closed, fenced, record too large).
    """
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
    """Say which topic refused what: the error that a producer raises does not tell."""
    if not done.cancelled() and isinstance(error := done.exception(), _OF_THE_TOPIC):
        name, octets = topic_name(record.topic, settings), len(record.value or b"")
        logger.error("%s does not take a record of %d bytes: %s", name, octets, error)


async def send_all(
    producer: AIOKafkaProducer, records: Iterable[Record], settings: Settings
) -> list[Any]:
    """Send records and wait until the broker has acknowledged every one.

    Returns:
        Where each was written, as aiokafka's record metadata.

    Raises:
        KafkaError: one was not.
    """
    return await asyncio.gather(*[await send(producer, record, settings) for record in records])


async def send_together(
    producer: AIOKafkaProducer, records: Sequence[Record], settings: Settings
) -> None:
    """Write records of one partition so that, after a crash, all of them are there or none.

    A broker takes a batch whole. What is larger than a batch may be goes in several.

    Raises:
        KafkaError: they were not written.
    """
    batch = producer.create_batch()
    for record in records:
        if not _fits(batch, record):
            await _send_batch(producer, batch, record, settings)
            batch = producer.create_batch()
            _fits(batch, record)
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
    """Send a batch to where one of its records goes."""
    name = topic_name(record.topic, settings)
    await (await producer.send_batch(batch, name, partition=record.partition))
