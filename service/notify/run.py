"""Runs all subscriptions of a table side by side."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import astuple, dataclass
from functools import partial
from typing import Any

from service.contract.record import Record, Topic
from service.notify.courier import Counts, Courier
from service.notify.metrics import serving_metrics
from service.notify.post import make_session, post
from service.notify.reader import SubscriptionReader
from service.notify.subscription import Table
from service.settings import Settings
from service.worker.kafka.aiokafka_internals import read_any_header_name
from service.worker.kafka.producers import make_producer, send
from service.worker.kafka.reaching import start
from service.worker.kafka.topics import existing_topics, topic_name

logger = logging.getLogger(__name__)

_REPORT_SECONDS = 60.0


class CannotServe(RuntimeError):
    """The address of the metrics cannot be listened on; the message says which and why."""


class MissingTopic(RuntimeError):
    """A topic that is read or written does not exist; names it."""


@dataclass(frozen=True, slots=True)
class NotifyOptions:
    """How subscriptions are run.

    Attributes:
        group: begins the names of the consumer groups.
        once: end where the topics end now.
        again: post the dead letters again, in place of the topics; ends as `once` does.
        from_beginning: where a group has no position yet, begin with the oldest event.
        metrics_port: where metrics are served, 0 for any free port; None: nowhere.
    """

    group: str
    once: bool = False
    again: bool = False
    from_beginning: bool = False
    metrics_port: int | None = None


async def notify(
    table: Table,
    secrets: Mapping[str, Sequence[bytes]],
    settings: Settings,
    options: NotifyOptions,
    stopped: asyncio.Event,
) -> Mapping[str, Counts]:
    """Post what matches, until `stopped` is set or all is read; return what was done, by
    subscription.

    Raises:
        MissingTopic: a topic does not exist.
        CannotServe: the metrics cannot be served.
        TopicsUnavailable, KafkaError: the broker cannot be reached, or refuses.
        BadConnection: the security settings do not fit together.
    """
    await _check_topics(table, settings)
    read_any_header_name(settings)
    producer = make_producer(settings)
    await start(producer, settings)

    async def keep_letter(letter: Record) -> None:
        await (await send(producer, letter, settings))

    try:
        async with AsyncExitStack() as stack, make_session() as session:
            couriers = [
                Courier(each, table.delivery, secrets[each.name], partial(post, session))
                for each in table.subscription
            ]
            readers = [
                SubscriptionReader(each, keep_letter, settings, options.group, again=options.again)
                for each in couriers
            ]
            counts = {each.subscription.name: each.counts for each in couriers}
            once = options.once or options.again
            try:
                await stack.enter_async_context(
                    serving_metrics(counts, settings, options.metrics_port)
                )
            except OSError as error:
                where = f"{settings.web_host}:{options.metrics_port}"
                raise CannotServe(f"{where}: {error.strerror or error}") from error
            await _until_stopped(
                [
                    asyncio.create_task(each.run(once=once, from_beginning=options.from_beginning))
                    for each in readers
                ],
                stopped,
                asyncio.create_task(_report(couriers)),
            )
            return counts
    finally:
        await producer.stop()


async def _until_stopped(
    running: "list[asyncio.Task[None]]", stopped: asyncio.Event, report: "asyncio.Task[None]"
) -> None:
    """Wait for all tasks, or until `stopped` is set; the error of the first that fails is raised
    when all have ended."""
    stopping = asyncio.create_task(stopped.wait())
    left: set[asyncio.Task[Any]] = {*running}
    try:
        while left and not stopping.done():
            done, _ = await asyncio.wait({*left, stopping}, return_when=asyncio.FIRST_COMPLETED)
            left -= done
            for task in done & set(running):
                task.result()
    finally:
        for task in (*running, stopping, report):
            task.cancel()
        await asyncio.gather(*running, stopping, report, return_exceptions=True)


async def _report(couriers: Sequence[Courier]) -> None:
    """Log what was done, once a minute, where something was."""
    told = {each.subscription.name: astuple(each.counts) for each in couriers}
    while True:
        await asyncio.sleep(_REPORT_SECONDS)
        for each in couriers:
            name, counts = each.subscription.name, each.counts
            if astuple(counts) != told[name]:
                told[name] = astuple(counts)
                logger.info("%s: %s", name, in_words(counts))


def in_words(counts: Counts) -> str:
    """What was done, in one line."""
    return (
        f"{counts.delivered} delivered, {counts.failed_attempts} attempts failed,"
        f" {counts.letters} dead letters"
    )


async def _check_topics(table: Table, settings: Settings) -> None:
    needed = {Topic.NOTIFICATIONS_FAILED, *(each.source for each in table.subscription)}
    present = await existing_topics(settings)
    missing = sorted({topic_name(each, settings) for each in needed} - present)
    if missing:
        raise MissingTopic(
            f"{settings.brokers} has no topic {' and no topic '.join(missing)} that this account"
            " may see: `copydesk topics --create` makes what is missing"
        )
