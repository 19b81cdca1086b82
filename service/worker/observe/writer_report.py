"""What the writer of a partition tells of its work: counters, metrics and log lines, by stage."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import Any, Protocol

from service.contract.record import Record
from service.worker.observe import measure, measure_link, observe
from service.worker.observe.counts import Counts


class WriterReport(Protocol):
    """Told of each step of a writer."""

    def loading(self) -> AbstractContextManager[Any]:
        """Return a context manager in which the memory is loaded."""

    def queue(self, waiting: int) -> None:
        """Told how many inputs wait for the writer."""

    def commit(self) -> AbstractContextManager[Any]:
        """Return a context manager in which a batch is written."""

    def count(self, records: Iterable[Record]) -> None:
        """Count records that the broker has acknowledged."""

    def written(self, records: Iterable[Record]) -> None:
        """Report them to metrics and log."""

    def repeats(self, count: int) -> None:
        """Told of inputs that were dropped, since they had been placed before."""

    def acknowledged(self, timestamp_seconds: float | None) -> None:
        """Told of the timestamp of an input whose outcome was written."""

    def forget(self) -> None:
        """Told that the partition is no longer assigned here."""


class ShardReport:
    """Of FOLD's writer of one shard."""

    def __init__(self, shard: int, counts: Counts) -> None:
        self._shard = shard
        self._counts = counts

    def loading(self) -> AbstractContextManager[Any]:
        return measure.shard_loading(self._shard)

    def queue(self, waiting: int) -> None:
        measure.fold_queue(self._shard, waiting)

    def commit(self) -> AbstractContextManager[Any]:
        return measure.stage("commit")

    def count(self, records: Iterable[Record]) -> None:
        for record in records:
            self._counts.enter_folded(record)

    def written(self, records: Iterable[Record]) -> None:
        observe.written(records)

    def repeats(self, count: int) -> None:
        self._counts.folded["repeats"] += count
        measure.repeats(count)

    def acknowledged(self, timestamp_seconds: float | None) -> None:
        measure.written("fold", timestamp_seconds)

    def forget(self) -> None:
        observe.forget_shard(self._shard)


class LinkReport:
    """Of LINK's writer."""

    def __init__(self, counts: Counts) -> None:
        self._counts = counts

    def loading(self) -> AbstractContextManager[Any]:
        return measure_link.loading()

    def queue(self, waiting: int) -> None:
        measure_link.queue(waiting)

    def commit(self) -> AbstractContextManager[Any]:
        return measure.stage("link_commit")

    def count(self, records: Iterable[Record]) -> None:
        for record in records:
            self._counts.enter_linked(record)

    def written(self, records: Iterable[Record]) -> None:
        observe.linked_written(records)

    def repeats(self, count: int) -> None:
        self._counts.linked["repeats"] += count
        measure_link.repeats(count)

    def acknowledged(self, timestamp_seconds: float | None) -> None:
        measure.written("link", timestamp_seconds)

    def forget(self) -> None:
        measure_link.forget()
