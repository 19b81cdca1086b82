"""One feed of files to pages.raw: its journal, its progress, and how a signal ends it."""

import asyncio
import signal
from collections.abc import AsyncIterator, Coroutine, Iterator, Sequence
from contextlib import AsyncExitStack, aclosing, asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any

from aiokafka.errors import KafkaError

from service.cli.progress import PageProgress
from service.cli.say import say, warn
from service.contract.record import Topic
from service.local.fed_files import FedFiles
from service.local.fed_outcomes import OUTCOME_TOPICS, FedOutcomes
from service.local.feed_input import FeedInput, FeedOptions
from service.local.inputs.found_file import FoundFile
from service.settings import Settings
from service.worker.feed import feed
from service.worker.kafka.topics import TopicsUnavailable, topic_name
from service.worker.outcomes_from_now import OutcomesFromNow

SAVE_SECONDS = 2.0
"""Seconds between writes of the journal: the pages sent in them are sent again after a crash."""

_SHOW_SECONDS = 0.5
_CONNECT_SECONDS = 20.0


@dataclass(slots=True)
class FeedResult:
    """What a feed did.

    Attributes:
        refused: pages that were too large.
        left_out: pages outside the period.
        undated: pages without a time of fetch, if there is a period; they were fed.
        is_fed: all files were read to their ends, and all their pages were written.
        outcomes: None if they were not counted.
    """

    written: int = 0
    refused: int = 0
    left_out: int = 0
    undated: int = 0
    is_fed: bool = False
    outcomes: FedOutcomes | None = None

    def as_object(self) -> dict[str, Any]:
        """The result for programs; `outcomes` is null if they were not counted."""
        outcomes = self.outcomes
        return {
            "written": self.written,
            "too_large": self.refused,
            "left_out": self.left_out,
            "undated": self.undated,
            "is_fed": self.is_fed,
            "outcomes": None
            if outcomes is None
            else {topic.value: count for topic, count in outcomes.kinds.items()},
        }

    def is_complete(self, wait: bool) -> bool:
        """True if all was fed, and, where the feed waits for outcomes, every page has one."""
        waited = not wait or self.outcomes is None or self.outcomes.are_complete
        return self.is_fed and waited


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How pages are written.

    Attributes:
        rate: most pages a second; None for as fast as the broker accepts them.
        count_outcomes: read the output topics too, if that is possible.
        wait: end when every page has an outcome.
    """

    rate: float | None = None
    count_outcomes: bool = False
    wait: bool = False


async def feed_files(
    files: Sequence[FoundFile],
    journal: FedFiles | None,
    options: FeedOptions,
    run: RunOptions,
    settings: Settings,
    stopped: asyncio.Event,
) -> FeedResult:
    """Feed files to their ends, or until `stopped`. At the end, also one by an error, the journal
    has every page that was acknowledged.

    Raises:
        UnreadableInput: a file cannot be read, or not to its end; the pages before are written.
        KafkaError: the broker cannot be reached, or refuses a page for another reason than size.
        UnknownTopicOrPartitionError: pages.raw is not there, and was not made in time (40 s).
        TopicsUnavailable: with `wait`: the output topics cannot be read.
        JournalUnusable: the journal cannot be written.
    """
    source = FeedInput(files, journal, options, stopped.is_set, warn)
    if source.files_before or source.records_before:
        say(
            f"going on: fed earlier were {source.files_before} files, and"
            f" {source.records_before} records of the others",
            err=True,
        )
    result = FeedResult()
    async with AsyncExitStack() as stack:
        counting = None
        if run.count_outcomes or run.wait:
            try:
                result.outcomes, counting = await stack.enter_async_context(_counted(settings))
            except (TopicsUnavailable, KafkaError, TimeoutError):
                if run.wait:
                    raise
        progress = stack.enter_context(PageProgress(source.total_bytes, result.outcomes))
        tasks = [await stack.enter_async_context(_in_background(_keep(source, progress)))]
        if counting is not None and run.wait:
            tasks.append(counting)
        elif counting is not None:  # if it fails, the progress is that of pages written
            counting.add_done_callback(lambda task: progress.forget_outcomes())
        try:
            await _write(source, result, progress, tasks, run.rate, settings, stopped)
        finally:
            source.save()
        result.is_fed = source.is_fed
        result.left_out, result.undated = source.left_out, source.undated
        progress.finish_reading()
        if run.wait and result.outcomes is not None:
            await _wait_for_outcomes(result.outcomes, tasks, stopped)
    return result


def missing_topic(settings: Settings) -> str:
    """The line about a broker without pages.raw."""
    name = topic_name(Topic.RAW, settings)
    return f"{settings.brokers} has no topic {name}: `copydesk topics --create` makes it"


async def _write(
    source: FeedInput,
    result: FeedResult,
    progress: PageProgress,
    tasks: Sequence["asyncio.Task[None]"],
    rate: float | None,
    settings: Settings,
    stopped: asyncio.Event,
) -> None:
    outcomes = result.outcomes
    messages = source.messages(progress.advance)
    if outcomes is not None:
        messages = map(outcomes.expect, messages)
    async with aclosing(
        feed(messages, settings, rate=rate, stopped=stopped, checkpoint=source)
    ) as pages:
        async for fed in pages:
            source.acknowledge(fed.message)
            if fed.refused is None:
                result.written += 1
                progress.wrote()
            else:
                result.refused += 1
                if outcomes is not None:
                    outcomes.refuse(fed.message)
                name = (fed.message.key or b"").decode("utf-8", "replace")
                say(f"too large: {name}: {fed.refused}", err=True)
            _check(tasks)


async def _wait_for_outcomes(
    outcomes: FedOutcomes, tasks: Sequence["asyncio.Task[None]"], stopped: asyncio.Event
) -> None:
    while not outcomes.are_complete and not stopped.is_set():
        await asyncio.wait(tasks, timeout=_SHOW_SECONDS)
        _check(tasks)


def _check(tasks: Sequence["asyncio.Task[None]"]) -> None:
    """Raise the error of a task that has ended."""
    for task in tasks:
        if task.done():
            task.result()


async def _keep(source: FeedInput, progress: PageProgress) -> None:
    """Show the progress, and write the journal, at intervals."""
    loop = asyncio.get_running_loop()
    saved = loop.time()
    while True:
        await asyncio.sleep(_SHOW_SECONDS)
        progress.show()
        if loop.time() - saved >= SAVE_SECONDS:
            source.save()
            saved = loop.time()


@asynccontextmanager
async def _counted(
    settings: Settings,
) -> AsyncIterator[tuple[FedOutcomes, "asyncio.Task[None]"]]:
    """Count outcomes from now on, in a task."""
    outcomes = FedOutcomes()
    async with AsyncExitStack() as stack:
        async with asyncio.timeout(_CONNECT_SECONDS):
            reader = await stack.enter_async_context(OutcomesFromNow(OUTCOME_TOPICS, settings))

        async def count() -> None:
            async with aclosing(reader.records()) as records:
                async for record in records:
                    outcomes.add(record)

        yield outcomes, await stack.enter_async_context(_in_background(count()))


@asynccontextmanager
async def _in_background(work: Coroutine[Any, Any, None]) -> AsyncIterator["asyncio.Task[None]"]:
    task = asyncio.create_task(work)
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@contextmanager
def stopped_by_signals() -> Iterator[asyncio.Event]:
    """An event that SIGTERM or Ctrl-C sets; a second one ends the process as usual."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    numbers = (signal.SIGINT, signal.SIGTERM)

    def stop() -> None:
        stopped.set()
        for number in numbers:
            loop.remove_signal_handler(number)

    for number in numbers:
        loop.add_signal_handler(number, stop)
    try:
        yield stopped
    finally:
        for number in numbers:
            loop.remove_signal_handler(number)
