"""The main job from end to end on this machine: broker, worker, sample crawl, results."""

import asyncio
import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import aclosing, contextmanager
from pathlib import Path

from service.local.broker import EmbeddedBroker
from service.local.sample.messages import sample_messages
from service.local.tally import OUTPUTS, Tally
from service.local.worker_process import WorkerProcess
from service.settings import FixedSettings, Settings
from service.stream.feed import feed
from service.stream.follow import follow
from service.stream.topic_specs import create_topics

DEADLINE_SECONDS = 300.0
_WATCH_SECONDS = 1.0

Report = Callable[[int, int], None]
"""Told of outcomes so far and of pages fed."""


class DemoTooSlow(RuntimeError):
    """Not every page had an outcome in time."""


@contextmanager
def demo_broker() -> Iterator[Settings]:
    """An embedded broker, and the settings of a worker on it; both gone at the end.

    Raises:
        BrokerUnavailable: there is none for this machine.
    """
    with (
        EmbeddedBroker() as broker,
        tempfile.TemporaryDirectory(prefix="copydesk-demo-") as folder,
    ):
        yield FixedSettings(
            brokers=broker.bootstrap,
            # One partition: the pages are folded in the order of the crawl, so each run is alike.
            raw_partitions=1,
            honour_noarchive=True,
            session_timeout=6.0,
            heartbeat_interval=1.0,
            web_port=_free_port(),
            state_dir=Path(folder),
            desk_port=0,
            desk_data=Path(folder) / "desk" / "desk.sqlite",
        )


async def run_demo(settings: Settings, worker: WorkerProcess, report: Report) -> Tally:
    """Feed the sample crawl to a running worker and read until each page has its outcome.

    Raises:
        DemoTooSlow: that takes more than five minutes.
        WorkerEnded: the worker did not survive.
    """
    await create_topics(settings)
    tally = Tally()
    fed = 0
    async for _ in feed(sample_messages(), settings):
        fed += 1
        report(0, fed)

    async def read_outcomes() -> None:
        records = follow(OUTPUTS, settings, from_beginning=True)
        async with aclosing(records):
            async for record in records:
                tally.enter(record)
                report(tally.outcomes, fed)
                if tally.outcomes >= fed and tally.is_settled():
                    return

    reading = asyncio.create_task(read_outcomes())
    watching = asyncio.create_task(_watch(worker))
    try:
        async with asyncio.timeout(DEADLINE_SECONDS):
            await asyncio.wait({reading, watching}, return_when=asyncio.FIRST_COMPLETED)
        for task in (reading, watching):
            if task.done():
                task.result()
    except TimeoutError as error:
        raise DemoTooSlow(
            f"{tally.outcomes} of {fed} pages had an outcome after {DEADLINE_SECONDS:.0f} s"
        ) from error
    finally:
        for task in (reading, watching):
            task.cancel()
        await asyncio.gather(reading, watching, return_exceptions=True)
    return tally


async def _watch(worker: WorkerProcess) -> None:
    while True:
        worker.check()
        await asyncio.sleep(_WATCH_SECONDS)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
