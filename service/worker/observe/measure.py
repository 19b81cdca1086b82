"""Updates a worker's metrics; no other module writes them."""

import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import orjson

from service.agencies import agencies
from service.contract.outcome import REASON, REFUSALS, FailureReason
from service.contract.record import Record, Topic
from service.fold.shard import Shard
from service.worker.observe import metrics

_TROUBLES = frozenset(reason.value for reason in metrics.CHILD_TROUBLES)
# Looking up a labelled metric by its labels costs more than recording a value.
_STAGES = {name: metrics.STAGE_SECONDS.labels(name) for name in metrics.STAGES}
_AGES = {side: metrics.INPUT_AGE.labels(side) for side in metrics.SIDES}
_AGENCIES = frozenset(agency.key for agency in agencies())


def stage(name: str) -> AbstractContextManager[Any]:
    """Return a context manager that times a stage (see `metrics.STAGES`)."""
    return _STAGES[name].time()


def stage_took(name: str, seconds: float) -> None:
    """Record the time of a stage that was measured elsewhere."""
    _STAGES[name].observe(seconds)


def read_outcome(record: Record) -> None:
    """Count READ's outcome of a page."""
    if record.topic is Topic.EXTRACTED:
        metrics.EXTRACTED.inc()
        return
    _count_no_event(record)
    if record.topic is Topic.FAILED and (reason := _reason(record)) in _TROUBLES:
        metrics.EXTRACTION_TROUBLES.labels(reason).inc()


def folded(record: Record) -> None:
    """Count a record that FOLD wrote."""
    if record.topic is Topic.ARTICLES:
        _count_event(record)
    elif record.topic is Topic.STORIES:
        _count_story(record)
    else:
        _count_no_event(record)


def repeats(count: int) -> None:
    """Count inputs of FOLD that were dropped as repeats."""
    metrics.REPEATS.inc(count)


def skipped(topic: str, reason: str, count: int) -> None:
    """Count records that no worker will read.

    Args:
        topic: name without the deployment's prefix.
        reason: one of `metrics.SKIP_REASONS`.
    """
    metrics.SKIPPED.labels(topic, reason).inc(count)


def written(side: str, timestamp_seconds: float | None) -> None:
    """Record the age of an input when its outcome was written; `side` is one of `metrics.SIDES`."""
    if timestamp_seconds is not None and timestamp_seconds > 0:
        _AGES[side].observe(max(time.time() - timestamp_seconds, 0.0))


def placed(shard: Shard) -> None:
    """Record candidates, comparisons and lateness of the shard's last article; nothing for a
    repeat."""
    if shard.late is not None:
        metrics.LATE.labels("rejected" if shard.late.rejected else "placed").inc()
    if shard.stats is not None:
        metrics.CANDIDATES.observe(shard.stats.candidates)
        metrics.VERIFICATIONS.observe(shard.stats.compared)


def shard_state(number: int, shard: Shard) -> None:
    """Set the gauges of a shard's window; call this from the thread that changes the shard."""
    label = str(number)
    metrics.WINDOW_ARTICLES.labels(label).set(shard.article_count)
    metrics.WINDOW_STORIES.labels(label).set(shard.story_count)
    metrics.INDEX_BYTES.labels(label).set(shard.index_bytes)
    metrics.WINDOW_AGE.labels(label).set(shard.window_age)
    metrics.WINDOW_NEWEST.labels(label).set(shard.newest)
    metrics.FOLDED_UP_TO.labels(label).set(shard.clock)


@contextmanager
def shard_loading(number: int) -> Iterator[None]:
    """Show a shard as not ready while its state is loaded, then as ready, with the loading time."""
    metrics.SHARD_READY.labels(str(number)).set(0)
    metrics.FOLD_QUEUE.labels(str(number)).set(0)
    started = time.monotonic()
    yield
    metrics.SHARD_READY.labels(str(number)).set(1)
    metrics.SHARD_LOAD_SECONDS.labels(str(number)).set(time.monotonic() - started)


def shard_fault() -> None:
    """Count an article that could not be placed, so that a shard's state must be restored."""
    metrics.SHARD_FAULTS.inc()


def forget_shard(number: int) -> None:
    """Remove the gauges of a shard that is no longer assigned here."""
    for gauge in (
        metrics.FOLD_QUEUE,
        metrics.WINDOW_ARTICLES,
        metrics.WINDOW_STORIES,
        metrics.WINDOW_AGE,
        metrics.WINDOW_NEWEST,
        metrics.FOLDED_UP_TO,
        metrics.INDEX_BYTES,
        metrics.SHARD_READY,
        metrics.SHARD_LOAD_SECONDS,
    ):
        gauge.remove(str(number))


def lag(records: Mapping[str, int]) -> None:
    """Show the lag of the partitions assigned here, by `topic/partition`, and no others."""
    metrics.LAG.clear()
    for name, count in records.items():
        topic, _, partition = name.rpartition("/")
        metrics.LAG.labels(topic, partition).set(count)


def alignment(
    partitions: Collection[int], event_times: Mapping[int, int], held: Collection[int]
) -> None:
    """Show event times, in milliseconds, of the partitions assigned here, and which are held."""
    metrics.ALIGN_EVENT_TIME.clear()
    metrics.ALIGN_HELD.clear()
    for partition in partitions:
        metrics.ALIGN_HELD.labels(str(partition)).set(partition in held)
    for partition, millis in event_times.items():
        metrics.ALIGN_EVENT_TIME.labels(str(partition)).set(millis / 1000)


def ready(is_ready: bool) -> None:
    """Show whether the worker is ready."""
    metrics.READY.set(is_ready)


NEWER_VERSION = "newer_version"
"""Reason of a halt before a record that a later version wrote."""


def halted(stage: str, reason: str | None) -> None:
    """Show whether a stage is halted, and for which reason: of dead letters, or `NEWER_VERSION`."""
    for each in (*FailureReason, NEWER_VERSION):
        metrics.HALTED.labels(stage, str(each)).set(each == reason)


def worker(version: str, *, transactional: bool) -> None:
    """Show the version, and whether FOLD writes in transactions."""
    metrics.WORKER.labels(version, "yes" if transactional else "no").set(1)


def in_flight(pages: Callable[[], float], size: Callable[[], float]) -> None:
    """Show what is in flight; the two functions are called at each scrape."""
    metrics.IN_FLIGHT_PAGES.set_function(pages)
    metrics.IN_FLIGHT_BYTES.set_function(size)


def fold_queue(number: int, articles: int) -> None:
    """Show how many articles wait for a shard's writer."""
    metrics.FOLD_QUEUE.labels(str(number)).set(articles)


def _count_no_event(record: Record) -> None:
    if record.topic is Topic.REJECTED:
        metrics.PAGES.labels("rejected", _reason(record)).inc()
    elif record.topic is Topic.FAILED and _reason(record) not in REFUSALS:
        metrics.PAGES.labels("failed", _reason(record)).inc()


def _count_event(record: Record) -> None:
    value = orjson.loads(record.value or b"{}")
    block = value["copydesk"]
    relation = block["story"]["relation"]
    type_ = _header(record, "ce_type").rpartition(".")[2]
    metrics.EVENTS.labels(type_, relation).inc()
    if not value["bodies"]:
        return  # Taken down or stated again; its page was counted when it was published.
    metrics.PAGES.labels("event", type_).inc()
    agency = block["wire"].get("agency") or metrics.NO_AGENCY
    metrics.AGENCY_ARTICLES.labels(agency if agency in _AGENCIES else metrics.NO_AGENCY).inc()
    if "parent" not in block["story"]:
        metrics.STORIES_BEGUN.inc()


def _count_story(record: Record) -> None:
    value = orjson.loads(record.value or b"{}")
    if value.get("merged_into"):
        metrics.STORIES_MERGED.inc()


def _reason(record: Record) -> str:
    return _header(record, REASON) or FailureReason.ERROR.value


def _header(record: Record, name: str) -> str:
    """Return the last header of this name: our headers follow those of the input."""
    return next((value.decode() for key, value in reversed(record.headers) if key == name), "")
