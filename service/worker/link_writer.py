"""LINK's writer: its memory is the window of stories, restored whole from `link.state`."""

import logging

from service.contract.record import Topic
from service.contract.story_concepts import CONCEPTS_SCHEMA
from service.settings import Settings
from service.worker.dead_letters.halt import Halts
from service.worker.health.progress import Partition
from service.worker.kafka.log_ends import LogEnds
from service.worker.kafka.topics import topic_name
from service.worker.link_memory import LinkMemory
from service.worker.observe.counts import Counts
from service.worker.observe.writer_report import LinkReport
from service.worker.partition_writer import PartitionWriter, WritingStage

LINK = WritingStage("link", CONCEPTS_SCHEMA, Topic.LINK_STATE)

logger = logging.getLogger(__name__)


class LinkWriter(PartitionWriter):
    """LINK's single writer, while the partition of `stories.concepts` is assigned here."""

    def __init__(
        self,
        partition: int,
        settings: Settings,
        counts: Counts,
        *,
        transactional: bool,
        halts: Halts,
    ) -> None:
        self._window = LinkMemory(settings)
        self._input = Partition(topic_name(Topic.CONCEPTS, settings), partition)
        self._own_settings = settings
        # The embedded broker's end offsets are not right.
        self._has_ends = transactional
        super().__init__(
            LINK,
            partition,
            title="LINK",
            memory=self._window,
            report=LinkReport(counts),
            settings=settings,
            transactional=transactional,
            halts=halts,
        )

    async def _restore(self) -> None:
        await super()._restore()
        if not self._has_ends:
            return
        async with LogEnds(self._own_settings) as ends:
            end = (await ends.ask([self._input]))[self._input]
        if self._window.linker.offset >= end:
            # LINK drops what stands before its position as a repeat: it would drop all of this log.
            logger.warning(
                "%s ends at %d, before what LINK has read of it: it is another log, and is read"
                " from its beginning",
                self._input,
                end,
            )
            self._window.linker.offset = -1
