"""Sends an operator's decision to FOLD, and waits for what it gives."""

import asyncio

from service.contract.control import CONTROL_EVENTS, CONTROL_ID, Control, control_record
from service.contract.record import Record, Topic
from service.read.stage import shard_of
from service.settings import Settings
from service.worker.kafka.aiokafka_internals import read_any_header_name
from service.worker.kafka.output_topics import make_consumer, names_of, record_of
from service.worker.kafka.producers import make_producer, send_all
from service.worker.kafka.reaching import start
from service.worker.kafka.topics import TopicsUnavailable, existing_topics

_OUTCOMES = (Topic.ARTICLES, Topic.STORIES, Topic.FAILED)


class NoOutcome(Exception):
    """The decision was sent, and FOLD has not reached it in time."""


async def send_control(control: Control, settings: Settings, seconds: float) -> list[Record]:
    """Send a decision to its shard, and return the events that it gives, or its dead letter.

    Raises:
        NoOutcome: there was no outcome in time; it is carried out once FOLD reaches it.
        TopicsUnavailable: the broker cannot be reached, or a topic is missing.
        KafkaError: the broker refuses the decision, which is not sent then.
    """
    by_name = names_of(_OUTCOMES, settings)
    read_any_header_name(settings)
    missing = by_name.keys() - await existing_topics(settings)
    if missing:
        raise TopicsUnavailable(f"{settings.brokers} has no topic {', '.join(sorted(missing))}")
    consumer = make_consumer(by_name, settings, from_beginning=False)
    await start(consumer, settings)
    try:
        for partition in sorted(consumer.assignment()):
            await consumer.position(partition)  # from here on, whatever is sent below is seen
        await _send(control, settings)
        found: list[Record] = []
        try:
            async with asyncio.timeout(seconds):
                while not _is_complete(found):
                    for records in (await consumer.getmany(timeout_ms=1000)).values():
                        made = (record_of(got, by_name) for got in records)
                        found += [each for each in made if _is_of(each, control)]
        except TimeoutError as error:
            raise NoOutcome(
                f"sent, but there is no outcome after {seconds:g} s: FOLD carries it out when it"
                f" reaches it (control {control.id}, partition"
                f" {shard_of(control.language, settings.shards)})"
            ) from error
        return found
    finally:
        await consumer.stop()


async def _send(control: Control, settings: Settings) -> None:
    producer = make_producer(settings)
    await start(producer, settings)
    try:
        shard = shard_of(control.language, settings.shards)
        await send_all(producer, [control_record(control, shard)], settings)
    finally:
        await producer.stop()


def _is_of(record: Record, control: Control) -> bool:
    return (CONTROL_ID, control.id.encode()) in record.headers


def _is_complete(found: list[Record]) -> bool:
    if not found:
        return False
    if found[0].topic is Topic.FAILED:
        return True
    # Without transactions, a crash may have written a record twice.
    distinct = {(each.topic, each.key, each.value) for each in found}
    return len(distinct) >= int(dict(found[0].headers)[CONTROL_EVENTS])
