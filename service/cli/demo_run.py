"""The parts of the demo: an embedded broker, a worker process, and feeding the sample crawl."""

import asyncio
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import aclosing, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from service.contract.record import LINKING
from service.local.broker import EmbeddedBroker
from service.local.link_progress import LinkProgress
from service.local.outcome_counts import OUTPUTS, OutcomeCounts
from service.local.sample.crawl import sample_messages
from service.settings import FixedSettings, Settings
from service.worker.feed import feed
from service.worker.kafka.aiokafka_internals import check_versions
from service.worker.kafka.output_topics import follow
from service.worker.kafka.topics import create_topics

_STOP_SECONDS = 30.0
_LOG_TAIL = 4000


class WorkerEnded(RuntimeError):
    """The worker ended unexpectedly; the message has the end of its log."""


class WorkerProcess:
    """A child process with `copydesk worker`; its log goes to a file in the state directory.

    Use it as a context manager: on exit it sends SIGTERM to the worker, and kills it if it is still
    running after `_STOP_SECONDS`.
    """

    def __init__(self, settings: Settings) -> None:
        self.log = settings.state_dir / "worker.log"
        self._environment = {
            name: value for name, value in os.environ.items() if not name.startswith("COPYDESK_")
        } | as_environment(settings)
        self._child: subprocess.Popen[bytes] | None = None

    def check(self) -> None:
        """Check that the worker is running.

        Raises:
            WorkerEnded: it is not.
        """
        if self._child is not None and (code := self._child.poll()) is not None:
            tail = self.log.read_text(errors="replace")[-_LOG_TAIL:]
            raise WorkerEnded(f"the worker ended with exit code {code}:\n{tail}")

    def __enter__(self) -> Self:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("wb") as log:
            self._child = subprocess.Popen(
                [sys.executable, "-m", "service.cli", "worker"],
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C must not reach the worker; `__exit__` stops it
            )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._child is None:
            return
        self._child.terminate()
        try:
            self._child.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()


def as_environment(settings: Settings) -> dict[str, str]:
    """The settings that were set, as environment variables for a child process."""
    changed = settings.model_dump(exclude_unset=True)
    return {f"COPYDESK_{name.upper()}": _as_text(value) for name, value in changed.items()}


def _as_text(value: object) -> str:
    if isinstance(value, tuple):
        return ",".join(map(str, value))
    if isinstance(value, Path):
        return str(value.resolve())
    return str(value)


DEADLINE_SECONDS = 300.0
_WATCH_SECONDS = 1.0

Report = Callable[[int, int], None]
"""Called with the number of outcomes and the number of pages fed so far."""


class DemoTooSlow(RuntimeError):
    """Not every page had an outcome within `DEADLINE_SECONDS`."""


@contextmanager
def demo_broker() -> Iterator[Settings]:
    """Start an embedded broker, make a state directory; yield settings for a worker on them.

    Raises:
        UntestedClients: Kafka libraries in other versions, and the environment does not allow them.
        BrokerUnavailable: the broker is not available on this machine, or did not start.
    """
    allows_untested = os.environ.get("COPYDESK_UNTESTED_CLIENTS") == "allow"
    untested: Literal["allow", "refuse"] = "allow" if allows_untested else "refuse"
    check_versions(FixedSettings(untested_clients=untested))
    with (
        EmbeddedBroker() as broker,
        tempfile.TemporaryDirectory(prefix="copydesk-demo-") as folder,
    ):
        yield FixedSettings(
            brokers=broker.bootstrap,
            untested_clients=untested,
            # One partition: pages are folded in the order of the crawl, so every demo is the same.
            raw_partitions=1,
            rights=("noarchive=reject",),
            link="on",
            session_timeout=6.0,
            heartbeat_interval=1.0,
            web_port=_free_port(),
            state_dir=Path(folder),
            desk_port=0,
            desk_data=Path(folder) / "desk" / "desk.sqlite",
        )


async def run_demo(settings: Settings, worker: WorkerProcess, report: Report) -> OutcomeCounts:
    """Feed the sample crawl to a running worker; read the topics until each page has an outcome,
    and the stories are linked with their translations.

    Raises:
        DemoTooSlow: this took more than `DEADLINE_SECONDS`.
        WorkerEnded: the worker ended before.
    """
    await create_topics(settings)
    counts, linked = OutcomeCounts(), LinkProgress()
    fed = 0
    async for _ in feed(sample_messages(), settings):
        fed += 1
        report(0, fed)

    async def read_outcomes() -> None:
        records = follow((*OUTPUTS, *LINKING), settings, from_beginning=True)
        async with aclosing(records):
            async for record in records:
                if record.topic in LINKING:
                    linked.add(record)
                else:
                    counts.add(record)
                    report(counts.outcomes, fed)
                if (
                    counts.outcomes >= fed
                    and counts.is_settled()
                    and linked.is_settled(counts.stories, counts.translations)
                ):
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
            f"{counts.outcomes} of {fed} pages had an outcome after {DEADLINE_SECONDS:.0f} s"
        ) from error
    finally:
        for task in (reading, watching):
            task.cancel()
        await asyncio.gather(reading, watching, return_exceptions=True)
    return counts


async def _watch(worker: WorkerProcess) -> None:
    while True:
        worker.check()
        await asyncio.sleep(_WATCH_SECONDS)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
