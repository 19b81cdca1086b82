"""Updates LINK's metrics; no other module writes them."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import orjson

from service.contract.record import Record, Topic
from service.contract.translations import is_translations
from service.link.linker import Linker
from service.worker.observe import metrics_link

_ONLY = "0"
"""Label of the only partition."""


def placed(made: list[Record]) -> None:
    """Count an input of LINK by what was made of it; a repeat is counted by `repeats`."""
    if made:
        failed = any(record.topic is Topic.FAILED for record in made)
        metrics_link.INPUTS.labels("failed" if failed else "placed").inc()


def repeats(count: int) -> None:
    """Count inputs that were dropped as repeats."""
    metrics_link.INPUTS.labels("repeat").inc(count)


def fault() -> None:
    """Count a story that could not be placed, so that the memory must be restored."""
    metrics_link.INPUTS.labels("failed").inc()
    metrics_link.FAULTS.inc()


def written(record: Record) -> None:
    """Count an event that LINK wrote; its other records are not counted here."""
    if is_translations(record):
        value = orjson.loads(record.value or b"{}")
        kind = "linked" if value.get("translations") else "unlinked"
        metrics_link.EVENTS.labels(kind).inc()


def state(linker: Linker) -> None:
    """Set the gauges of the window; call this from the thread that changes it."""
    metrics_link.STORIES.labels(_ONLY).set(linker.stories)
    metrics_link.PAIRS.labels(_ONLY).set(linker.pairs)
    metrics_link.BYTES.labels(_ONLY).set(linker.nbytes)


def queue(stories: int) -> None:
    """Show how many records of stories wait for the writer."""
    metrics_link.QUEUE.labels(_ONLY).set(stories)


@contextmanager
def loading() -> Iterator[None]:
    """Show LINK as not ready while its memory is loaded, then as ready, with the loading time."""
    metrics_link.READY.labels(_ONLY).set(0)
    metrics_link.QUEUE.labels(_ONLY).set(0)
    started = time.monotonic()
    yield
    metrics_link.READY.labels(_ONLY).set(1)
    metrics_link.LOAD_SECONDS.labels(_ONLY).set(time.monotonic() - started)


def forget() -> None:
    """Remove the gauges: LINK's partition is no longer assigned here."""
    for gauge in metrics_link.GAUGES:
        gauge.remove(_ONLY)
