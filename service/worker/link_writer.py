"""LINK's writer: its memory is the window of stories, restored whole from `link.state`."""

from service.contract.record import Topic
from service.contract.story_concepts import CONCEPTS_SCHEMA
from service.settings import Settings
from service.worker.dead_letters.halt import Halts
from service.worker.link_memory import LinkMemory
from service.worker.observe.counts import Counts
from service.worker.observe.writer_report import LinkReport
from service.worker.partition_writer import PartitionWriter, WritingStage

LINK = WritingStage("link", CONCEPTS_SCHEMA, Topic.LINK_STATE)


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
        super().__init__(
            LINK,
            partition,
            title="LINK",
            memory=LinkMemory(settings),
            report=LinkReport(counts),
            settings=settings,
            transactional=transactional,
            halts=halts,
        )
