"""A shard's state in a worker: the shard in memory, its checkpoint on disk, and the changelog,
which is the source of truth."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from service.contract.outcome import FailureReason
from service.contract.record import InputMessage, Record, Topic
from service.fold.shard import Shard
from service.fold.stage import fold_batch, unfolded
from service.fold.state.restore import Restorer
from service.fold.state.row_integrity import StoreDamaged, StoreFailed
from service.settings import Settings
from service.shard_settings import make_shard
from service.worker.checkpoint.changelog import Reading, enter_records
from service.worker.checkpoint.checkpoint import Checkpoint, Position
from service.worker.checkpoint.continuity import Marker, OtherLog, checksum_of
from service.worker.checkpoint.placing import Steps, place_each
from service.worker.kafka.incoming import input_message
from service.worker.kafka.topics import topic_name
from service.worker.observe import measure, observe

logger = logging.getLogger(__name__)


class ShardMemory:
    """The state of one shard.

    After `restore`, batches are placed; `keep` saves a batch's changes to disk, once the log has
    them. After a fault, `restore` goes back to the state in the log.

    Attributes:
        spoiled: True if an article could not be placed, which may have left the state half changed.
    """

    def __init__(self, shard: int, settings: Settings, *, trusted: bool) -> None:
        """Start empty.

        Args:
            trusted: True if the broker fences other writers, so that the log has no other records
                between our own. If False, the next start does not use the checkpoint.
        """
        self.spoiled = False
        self._number = shard
        self._settings = settings
        self._trusted = trusted
        self._shard = Shard()
        self._checkpoint: Checkpoint | None = None
        self._position: Position | None = None
        self._steps = Steps()

    @property
    def shard(self) -> Shard:
        """The shard; only the thread that folds may change it."""
        return self._shard

    async def restore(self, read: Reading, marker: Marker) -> None:
        """Load the checkpoint and the log since, or the whole log if the checkpoint is unusable.

        Raises:
            StoreFailed: the disk cannot be used.
            UndecodableValue, NewerState: the log has a record that this version cannot read.
        """
        checkpoint = await self._open_checkpoint()
        try:
            await self._load(checkpoint, read, marker)
        except (OtherLog, StoreDamaged) as error:
            logger.warning("shard %d is read from the log anew: %s", self._number, error)
            await self._steps.run(checkpoint.wipe)
            await self._load(checkpoint, read, marker)
        self.spoiled = False

    async def place(self, batch: Sequence[Any]) -> list[list[Record]]:
        """Place a batch of events, in order.

        Returns:
            The records to write for each event; none for a repeat. They end with the first event
            that could not be placed, which becomes a dead letter.

        Raises:
            StoreFailed: the disk cannot be used.
        """
        made, self.spoiled = await self._steps.run(self._place, batch)
        return made

    async def keep(self, records: Sequence[Record], written: Sequence[Any]) -> None:
        """Commit what was folded to the checkpoint, after the log has it.

        Args:
            written: where each record was written; may be empty if `trusted` is False.

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
        """Delete the content of the checkpoint."""
        if self._checkpoint is not None:
            await self._steps.run(self._checkpoint.wipe)

    async def close(self) -> None:
        """Close the checkpoint, after the step under way; what was not kept is discarded."""
        await self._steps.end()
        if self._checkpoint is not None:
            self._checkpoint.close()

    async def _open_checkpoint(self) -> Checkpoint:
        if self._checkpoint is None:
            topic = topic_name(Topic.FOLD_STATE, self._settings)
            if self._settings.shards > 1:
                # `copydesk reshard` gives the topic other content, at the same offsets.
                topic += f"/{self._settings.shards}"
            state_dir = self._settings.state_dir
            self._checkpoint = await self._steps.run(Checkpoint, state_dir, self._number, topic)
        else:
            await self._steps.run(self._checkpoint.reopen)
        return self._checkpoint

    async def _load(self, checkpoint: Checkpoint, read: Reading, marker: Marker) -> None:
        since = checkpoint.position if self._trusted else None
        if since is None or since.offset < 0:
            since = None
            await self._steps.run(checkpoint.wipe)
        self._position = since
        restorer = Restorer(checkpoint.store, checkpoint.clock)
        async for records in read(since):
            self._position = await self._steps.run(enter_records, restorer, records, self._position)
            kept = self._position if self._trusted else None
            await self._steps.run(checkpoint.commit, kept, restorer.clock, None)
        self._shard = await self._steps.run(self._open, checkpoint, restorer)
        observe.shard_state(self._number, self._shard)
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
            restorer.articles,
        )

    def _open(self, checkpoint: Checkpoint, restorer: Restorer) -> Shard:
        restorer.finish()
        shard = make_shard(self._settings, checkpoint.store)
        shard.open(restorer.clock, checkpoint.segments())
        return shard

    async def _commit(self) -> None:
        if self._checkpoint is not None:
            position = self._position if self._trusted else None
            clock, segments = self._shard.clock, self._shard.segments
            await self._steps.run(self._checkpoint.commit, position, clock, segments)

    def _place(self, batch: Sequence[Any]) -> tuple[list[list[Record]], bool]:
        messages = [input_message(event.message) for event in batch]
        started = observe.now()

        def placed(message: InputMessage, records: list[Record]) -> None:
            nonlocal started
            observe.placed(message, records, self._shard, started)
            started = observe.now()

        made, spoiled = place_each(
            messages,
            fold_batch(messages, self._shard, self._number),
            dead_letter=_unfolded,
            placed=placed,
            fatal=StoreFailed,
        )
        if spoiled:
            measure.shard_fault()
        else:
            observe.shard_state(self._number, self._shard)
        return made, spoiled


def _unfolded(message: InputMessage, error: Exception) -> Record:
    return unfolded(message, FailureReason.ERROR, error)
