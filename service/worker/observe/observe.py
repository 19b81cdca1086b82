"""Observability hooks of READ, FOLD and LINK: metrics, log lines and traces.

The functions do not change the work, except that a page may be given a trace.
"""

import asyncio
import time
from collections.abc import Iterable
from functools import partial

from service.contract.record import InputMessage, Record
from service.fold.shard import Shard
from service.link.linker import Linker
from service.sandbox.pool import Sandbox
from service.worker.observe import measure, measure_link
from service.worker.observe.event_lines import log_record
from service.worker.observe.event_time import EventTimes
from service.worker.observe.tracing import NoTracing, Tracing

_tracing: Tracing = NoTracing()
event_times = EventTimes()
"""Event time of this process's shards."""


def use(tracing: Tracing) -> None:
    """Set the tracing of this process."""
    global _tracing
    _tracing = tracing


def close() -> None:
    """Send the remaining traces; may block."""
    _tracing.close()


def now() -> int:
    """Return the time as nanoseconds since the epoch, for the start of a step."""
    return time.time_ns()


def read(sandbox: Sandbox, message: InputMessage) -> "asyncio.Future[Record]":
    """Run READ on one page (see `Sandbox.read`), traced if tracing is on."""
    if isinstance(_tracing, NoTracing):
        return sandbox.read(message)
    message, started = _tracing.begin(message), now()
    page = sandbox.read(message)
    page.add_done_callback(partial(_read_ended, message, started))
    return page


def page_read(record: Record) -> None:
    """Report READ's outcome of a page, before it is written."""
    measure.read_outcome(record)
    log_record(record)


def placed(message: InputMessage, made: list[Record], shard: Shard, started: int) -> None:
    """Report that FOLD placed an article; call this from the shard's thread."""
    measure.stage_took("place", max(now() - started, 0) / 1e9)
    measure.placed(shard)
    if shard.late is not None:
        event_times.late(shard.late, shard.clock)
    _tracing.article_folded(message, made, started)


def shard_state(number: int, shard: Shard) -> None:
    """Report a shard's window; call this from the thread that changes the shard."""
    measure.shard_state(number, shard)
    event_times.note(number, shard)


def forget_shard(number: int) -> None:
    """Report that a shard is no longer assigned here."""
    measure.forget_shard(number)
    event_times.forget(number)


def written(records: Iterable[Record]) -> None:
    """Report records of FOLD that the broker has acknowledged."""
    for record in records:
        measure.folded(record)
        log_record(record)


def linked(message: InputMessage, made: list[Record], started: int) -> None:
    """Report that LINK placed a story; call this from the thread that places."""
    measure.stage_took("link", max(now() - started, 0) / 1e9)
    measure_link.placed(made)
    _tracing.story_linked(message, made, started)


def link_state(linker: Linker) -> None:
    """Report LINK's window; call this from the thread that changes it."""
    measure_link.state(linker)


def linked_written(records: Iterable[Record]) -> None:
    """Report records of LINK that the broker has acknowledged."""
    for record in records:
        measure_link.written(record)
        log_record(record)


def _read_ended(message: InputMessage, started: int, page: "asyncio.Future[Record]") -> None:
    if not page.cancelled() and page.exception() is None:
        _tracing.page_read(message, page.result(), started)
