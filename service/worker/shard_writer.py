"""FOLD's writer of one shard: its memory is the shard, with a checkpoint on disk."""

from service.contract.cloud_event import EXTRACTED_SCHEMA
from service.contract.record import Topic
from service.fold.state.row_integrity import StoreDamaged, StoreFailed
from service.settings import Settings
from service.worker.checkpoint.shard_memory import ShardMemory
from service.worker.dead_letters.halt import Halts
from service.worker.health.exit import Stop
from service.worker.observe.counts import Counts
from service.worker.observe.writer_report import ShardReport
from service.worker.partition_writer import PartitionWriter, WritingStage

FOLD = WritingStage("fold", EXTRACTED_SCHEMA, Topic.FOLD_STATE)


class ShardWriter(PartitionWriter):
    """The single writer of one shard, while its partition is assigned here.

    It counts the records that it writes and the repeats that it drops.
    """

    def __init__(
        self,
        shard: int,
        settings: Settings,
        counts: Counts,
        *,
        transactional: bool,
        halts: Halts,
    ) -> None:
        self._shard = shard
        self._state_dir = settings.state_dir
        self._shard_memory = ShardMemory(shard, settings, trusted=transactional)
        super().__init__(
            FOLD,
            shard,
            title=f"FOLD, shard {shard}",
            memory=self._shard_memory,
            report=ShardReport(shard, counts),
            settings=settings,
            transactional=transactional,
            halts=halts,
        )

    async def _run(self) -> None:
        try:
            await super()._run()
        except StoreDamaged as error:
            await self._shard_memory.wipe()
            raise Stop(
                f"what shard {self._shard} keeps under {self._state_dir} is damaged, and was"
                f" deleted; the next start reads it from the log: {error}"
            ) from error
        except StoreFailed as error:
            raise Stop(f"shard {self._shard} cannot use {self._state_dir}: {error}") from error
