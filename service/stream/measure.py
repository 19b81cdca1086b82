"""What happens in a worker to its metrics: the only place that writes them."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import orjson

from service.events.failure import REASON
from service.events.outcome import FailureReason
from service.events.record import Record
from service.events.topics import Topic
from service.story.shard import Shard
from service.stream import metrics
from service.wire import agencies

_TROUBLES = frozenset(reason.value for reason in metrics.CHILD_TROUBLES)
# The way to a labelled metric by its labels costs more than entering a value.
_STAGES = {name: metrics.STAGE_SECONDS.labels(name) for name in metrics.STAGES}
_AGES = {side: metrics.INPUT_AGE.labels(side) for side in metrics.SIDES}
_KNOWN_AGENCIES = frozenset(agency.key for agency in agencies())


def stage(name: str) -> AbstractContextManager[Any]:
    """Takes the time of a stage (see `metrics.STAGES`)."""
    return _STAGES[name].time()


def stage_took(name: str, seconds: float) -> None:
    """Enter the time of a stage that was taken elsewhere."""
    _STAGES[name].observe(seconds)


def read_outcome(record: Record) -> None:
    """Count what READ made of a page."""
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
    """Count inputs of FOLD that were dropped."""
    metrics.REPEATS.inc(count)


def written(side: str, timestamp_seconds: float | None) -> None:
    """Enter how old an input was when its outcome was written; `side` is read or fold."""
    if timestamp_seconds is not None and timestamp_seconds > 0:
        _AGES[side].observe(max(time.time() - timestamp_seconds, 0.0))


def placed(shard: Shard) -> None:
    """Enter the work that the last article was to its shard; none for a repeat."""
    if shard.work is not None:
        metrics.CANDIDATES.observe(shard.work.candidates)
        metrics.VERIFICATIONS.observe(shard.work.compared)


def shard_state(number: int, shard: Shard) -> None:
    """Show what a shard remembers; call it from the thread that changes the shard."""
    label = str(number)
    metrics.WINDOW_ARTICLES.labels(label).set(shard.article_count)
    metrics.WINDOW_STORIES.labels(label).set(shard.story_count)
    metrics.INDEX_BYTES.labels(label).set(shard.index_bytes)
    metrics.WINDOW_AGE.labels(label).set(shard.window_age)
    metrics.WINDOW_NEWEST.labels(label).set(shard.clock)


@contextmanager
def shard_loading(number: int) -> Iterator[None]:
    """Show that a shard's memory is being loaded, and then that it is there, and after how long."""
    metrics.SHARD_READY.labels(str(number)).set(0)
    metrics.FOLD_QUEUE.labels(str(number)).set(0)
    started = time.monotonic()
    yield
    metrics.SHARD_READY.labels(str(number)).set(1)
    metrics.SHARD_LOAD_SECONDS.labels(str(number)).set(time.monotonic() - started)


def shard_fault() -> None:
    """Count an article that left a shard's memory in doubt."""
    metrics.SHARD_FAULTS.inc()


def forget_shard(number: int) -> None:
    """Take a shard that has moved away out of what is shown."""
    for gauge in (
        metrics.FOLD_QUEUE,
        metrics.WINDOW_ARTICLES,
        metrics.WINDOW_STORIES,
        metrics.WINDOW_AGE,
        metrics.WINDOW_NEWEST,
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


def ready(is_ready: bool) -> None:
    """Show whether the worker does its share."""
    metrics.READY.set(is_ready)


def worker(version: str, *, transactional: bool) -> None:
    """Show what runs."""
    metrics.WORKER.labels(version, "yes" if transactional else "no").set(1)


def in_flight(pages: Callable[[], float], octets: Callable[[], float]) -> None:
    """Show what is in flight, as these say whenever somebody looks."""
    metrics.IN_FLIGHT_PAGES.set_function(pages)
    metrics.IN_FLIGHT_BYTES.set_function(octets)


def fold_queue(number: int, articles: int) -> None:
    """Show how many articles wait for a shard's writer."""
    metrics.FOLD_QUEUE.labels(str(number)).set(articles)


def _count_no_event(record: Record) -> None:
    if record.topic is Topic.REJECTED:
        metrics.PAGES.labels("rejected", _reason(record)).inc()
    elif record.topic is Topic.FAILED:
        metrics.PAGES.labels("failed", _reason(record)).inc()


def _count_event(record: Record) -> None:
    value = orjson.loads(record.value or b"{}")
    block = value["copydesk"]
    relation = block["story"]["relation"]
    type_ = _header(record, "ce_type").rpartition(".")[2]
    metrics.EVENTS.labels(type_, relation).inc()
    if not value["bodies"]:
        return  # An article taken down by another, whose page was counted when it came.
    metrics.PAGES.labels("event", type_).inc()
    agency = block["wire"].get("agency") or metrics.NO_AGENCY
    metrics.AGENCY_ARTICLES.labels(agency if agency in _KNOWN_AGENCIES else metrics.NO_AGENCY).inc()
    if "parent" not in block["story"]:
        metrics.STORIES_BEGUN.inc()


def _count_story(record: Record) -> None:
    value = orjson.loads(record.value or b"{}")
    if value.get("merged_into"):
        metrics.STORIES_MERGED.inc()


def _reason(record: Record) -> str:
    return _header(record, REASON) or FailureReason.ERROR.value


def _header(record: Record, name: str) -> str:
    """The last header of this name: ours stand after those that the page brought."""
    return next((value.decode() for key, value in reversed(record.headers) if key == name), "")
