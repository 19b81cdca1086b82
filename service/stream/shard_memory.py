"""A shard's memory in a worker: the shard, its folder on disk, and the log that is the truth."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from service.events.outcome import FailureReason
from service.events.record import Record
from service.events.topics import Topic
from service.fold import fold_batch, unfolded
from service.settings import Settings
from service.story.memory import Window
from service.story.shard import Shard
from service.story.store import StoreDamaged, StoreFailed
from service.story.takeover import Takeover
from service.stream import measure, observe
from service.stream.incoming import input_message
from service.stream.log_seam import Marker, OtherLog, checksum_of
from service.stream.shard_folder import Position, ShardFolder
from service.stream.state_log import enter_records
from service.stream.topic_specs import topic_name

logger = logging.getLogger(__name__)

R = TypeVar("R")

Reading = Callable[[Position | None], AsyncIterator[Sequence[Any]]]
"""Reads the log from a position, or from its beginning, to the marker."""


class ShardMemory:
    """What one shard remembers.

    After `restore`, batches are folded; what a batch changed is kept on disk by `keep`, once the
    log has it. After a fault, `restore` goes back to what the log has.

    Attributes:
        spoiled: an article could not be placed, and may have left the memory half changed.
    """

    def __init__(self, shard: int, settings: Settings, *, trusted: bool) -> None:
        """Begin empty.

        Args:
            trusted: the broker fences other writers, so that nothing is in the log between our own
                records. Else what is on disk is of no use to the next start.
        """
        self.spoiled = False
        self._number = shard
        self._settings = settings
        self._trusted = trusted
        self._shard = Shard()
        self._folder: ShardFolder | None = None
        self._position: Position | None = None
        self._working: asyncio.Future[Any] | None = None

    @property
    def shard(self) -> Shard:
        """The shard; only the thread that folds may change it."""
        return self._shard

    async def restore(self, read: Reading, marker: Marker) -> None:
        """Load the folder and what the log says since, or the whole log where that cannot be.

        Raises:
            StoreFailed: the disk cannot be used.
            UndecodableValue, NewerState: the log holds what this version cannot read.
        """
        folder = await self._take_folder()
        try:
            await self._load(folder, read, marker)
        except (OtherLog, StoreDamaged) as error:
            logger.warning("shard %d is read from the log anew: %s", self._number, error)
            await self._work(folder.wipe)
            await self._load(folder, read, marker)
        self.spoiled = False

    async def fold(self, batch: Sequence[Any]) -> list[list[Record]]:
        """Place a batch of events, in its order.

        Returns:
            What is to be written for each of the batch: for all, or up to the first that could not
            be placed, which becomes a dead letter. Nothing is written for a repeat.

        Raises:
            StoreFailed: the disk cannot be used.
        """
        return await self._work(self._fold, batch)

    async def keep(self, records: Sequence[Record], written: Sequence[Any]) -> None:
        """Let what was folded last on the disk, now that the log has it.

        Args:
            written: where each record was written; may be left out where nothing is trusted.

        Raises:
            StoreFailed: the disk cannot be used.
        """
        for record, where in zip(reversed(records), reversed(written), strict=False):
            if record.topic is Topic.FOLD_STATE and record.key is not None:
                checksum, key = checksum_of(record.value), record.key.decode()
                next_offset, timestamp = where.offset + 1, where.timestamp
                self._position = Position(next_offset, where.offset, key, checksum, timestamp)
                break
        if not self.spoiled:
            await self._commit()

    async def wipe(self) -> None:
        """Leave nothing on the disk."""
        if self._folder is not None:
            await self._work(self._folder.wipe)

    async def close(self) -> None:
        """End; a step under way is waited for, and what was not kept is given up."""
        if self._working is not None:
            await asyncio.gather(self._working, return_exceptions=True)
        if self._folder is not None:
            self._folder.close()

    async def _take_folder(self) -> ShardFolder:
        if self._folder is None:
            topic = topic_name(Topic.FOLD_STATE, self._settings)
            state_dir = self._settings.state_dir
            self._folder = await self._work(ShardFolder, state_dir, self._number, topic)
        else:
            await self._work(self._folder.reopen)
        return self._folder

    async def _load(self, folder: ShardFolder, read: Reading, marker: Marker) -> None:
        since = folder.position if self._trusted else None
        if since is None or since.offset < 0:
            since = None
            await self._work(folder.wipe)
        self._position = since
        takeover = Takeover(folder.store, folder.clock)
        async for records in read(since):
            self._position = await self._work(enter_records, takeover, records, self._position)
            kept = self._position if self._trusted else None
            await self._work(folder.commit, kept, takeover.clock, None)
        self._shard = await self._work(self._open, folder, takeover)
        measure.shard_state(self._number, self._shard)
        if self._position is not None:
            self._position = replace(
                self._position, next_offset=marker.offset + 1, timestamp=marker.timestamp
            )
            await self._commit()
        logger.info(
            "shard %d holds %d articles in %d stories; %d articles were read from the log",
            self._number,
            self._shard.article_count,
            self._shard.story_count,
            takeover.articles,
        )

    def _open(self, folder: ShardFolder, takeover: Takeover) -> Shard:
        takeover.finish()
        window = Window(self._settings.window_span, self._settings.window_articles)
        shard = Shard(window, folder.store)
        shard.open(takeover.clock, folder.runs())
        return shard

    async def _commit(self) -> None:
        if self._folder is not None:
            position = self._position if self._trusted else None
            clock, runs = self._shard.clock, self._shard.runs
            await self._work(self._folder.commit, position, clock, runs)

    async def _work(self, step: Callable[..., R], *args: Any) -> R:
        """Do a step in a thread: one at a time, and always to its end, whatever becomes of us."""
        self._working = asyncio.ensure_future(asyncio.to_thread(step, *args))
        result: R = await asyncio.shield(self._working)
        return result

    def _fold(self, batch: Sequence[Any]) -> list[list[Record]]:
        made: list[list[Record]] = []
        messages = [input_message(event.message) for event in batch]
        folding = fold_batch(messages, self._shard, self._number)
        for message in messages:
            started = observe.now()
            try:
                made.append(next(folding))
            except StoreFailed:
                raise
            except Exception as error:
                logger.exception("shard %d cannot place %s", self._number, message.source)
                self.spoiled = True
                measure.shard_fault()
                return [*made, [unfolded(message, FailureReason.ERROR, error)]]
            observe.placed(message, made[-1], self._shard, started)
        measure.shard_state(self._number, self._shard)
        return made
