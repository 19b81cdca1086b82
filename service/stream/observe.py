"""The seam between the work and those who watch it: metrics, log lines and traces.

What is called here changes nothing of the work, but that a page may be given a trace.
"""

import asyncio
import time
from collections.abc import Iterable
from functools import partial

from service.events.input_message import InputMessage
from service.events.record import Record
from service.story.shard import Shard
from service.stream import measure
from service.stream.sandbox import Sandbox
from service.stream.story_lines import tell
from service.stream.tracing import NoTracing, Tracing

_tracing: Tracing = NoTracing()


def use(tracing: Tracing) -> None:
    """Trace so from now on, in this process."""
    global _tracing
    _tracing = tracing


def close() -> None:
    """Send the traces that are left; may wait for it."""
    _tracing.close()


def now() -> int:
    """Nanoseconds since the epoch, to say when a step began."""
    return time.time_ns()


def read(sandbox: Sandbox, message: InputMessage) -> "asyncio.Future[Record]":
    """READ of one page (see `Sandbox.read`), as a part of its trace."""
    if isinstance(_tracing, NoTracing):
        return sandbox.read(message)
    message, started = _tracing.begin(message), now()
    page = sandbox.read(message)
    page.add_done_callback(partial(_read_ended, message, started))
    return page


def page_read(record: Record) -> None:
    """What READ made of a page, as it is to be written."""
    measure.read_outcome(record)
    tell(record)


def placed(message: InputMessage, made: list[Record], shard: Shard, started: int) -> None:
    """An article was placed; from the shard's thread."""
    measure.stage_took("place", max(now() - started, 0) / 1e9)
    measure.placed(shard)
    _tracing.article_folded(message, made, started)


def written(records: Iterable[Record]) -> None:
    """Records of FOLD that the broker has."""
    for record in records:
        measure.folded(record)
        tell(record)


def _read_ended(message: InputMessage, started: int, page: "asyncio.Future[Record]") -> None:
    if not page.cancelled() and page.exception() is None:
        _tracing.page_read(message, page.result(), started)
