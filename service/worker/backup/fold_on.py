"""Folds what came after a backup, without a worker, and writes only what is not in the topics yet.

From the state of the backup and the same articles in the same order FOLD makes the same records,
with the same ids. Those that the output topics have already are left out, so that nothing is there
twice, and no reader sees an earlier version after a later one.
"""

import logging
from collections.abc import Iterable, Iterator
from contextlib import aclosing
from pathlib import Path
from typing import Any

from aiokafka import TopicPartition

from service.contract.cloud_event import (
    EXTRACTED_SCHEMA,
    NewerContract,
    check_contract,
    stated_id,
)
from service.contract.record import Record, Topic
from service.fold.shard import Shard
from service.fold.stage import fold
from service.fold.state.restore import Restorer
from service.fold.state.row_integrity import StoreFailed
from service.settings import Settings
from service.shard_settings import make_shard
from service.worker.backup.log_reader import LogReader
from service.worker.checkpoint.changelog import enter
from service.worker.checkpoint.checkpoint import open_row_store
from service.worker.kafka.incoming import consumed_message

logger = logging.getLogger(__name__)


class Unwritten:
    """Picks the records of FOLD that the output topics do not have.

    `stories` is compacted: of a story's records an earlier one may be missing there, although a
    later one is there. So these are held until it is known that no later one is. The records of
    `stories.concepts` have no ids: of each story the last is written, which says the same again
    where it is there.
    """

    def __init__(self, known: set[str]) -> None:
        """Start with the ids of the events that are in the topics."""
        self._known = known
        self._stories: dict[bytes | None, list[Record]] = {}
        self._told: dict[bytes | None, Record] = {}
        self.left_out = 0

    def pick(self, records: Iterable[Record]) -> Iterator[Record]:
        """Yield those to write now, in order."""
        for record in records:
            if record.topic is Topic.CONCEPTS:
                self._told.pop(record.key, None)
                self._told[record.key] = record
                continue
            is_known = stated_id(record.headers) in self._known
            self.left_out += is_known
            if record.topic is Topic.STORIES:
                if is_known:
                    self._stories.pop(record.key, None)
                else:
                    self._stories.setdefault(record.key, []).append(record)
            elif not is_known:
                yield record

    def held(self) -> Iterator[Record]:
        """Yield the records of stories to write at the end."""
        for records in self._stories.values():
            yield from records
        yield from self._told.values()


async def known_ids(reader: LogReader, place: TopicPartition, first: int) -> set[str]:
    """Return the ids of the events in a partition of an output topic, from an offset on."""
    _, end = await reader.bounds(place)
    async with aclosing(reader.read(place, first, end)) as records:
        found = {stated_id(record.headers) async for record in records}
    return {each for each in found if each is not None}


class FoldingOn:
    """One shard with the state of a backup, in a folder of its own. Use it as a context manager."""

    def __init__(
        self, number: int, state: Iterable[Record], folder: Path, settings: Settings
    ) -> None:
        """Load the state.

        Args:
            state: records of `fold.state`, in their order.
        """
        self._number = number
        self._store = open_row_store(folder / f"shard-{number}.sqlite")
        restorer = Restorer(self._store)
        for record in state:
            enter(restorer, (record.key or b"").decode(), record.value)
        restorer.finish()
        self._store.commit({})
        self._shard: Shard = make_shard(settings, self._store)
        self._shard.open(restorer.clock)

    def __enter__(self) -> "FoldingOn":
        return self

    def __exit__(self, *_: object) -> None:
        self._store.close()

    def fold(self, record: Any) -> list[Record] | None:
        """Return what FOLD makes of a consumer record of `articles.extracted`; None if it is left
        to a worker, as one that cannot be placed, or whose form only a later version knows.

        Raises:
            StoreFailed: the disk is full.
        """
        message = consumed_message(record)
        try:
            check_contract(message.header(EXTRACTED_SCHEMA))
        except NewerContract:
            return None
        try:
            return fold(message, self._shard, self._number)
        except StoreFailed:
            raise
        except Exception:
            logger.exception("shard %d cannot place %s", self._number, message.source)
            return None
