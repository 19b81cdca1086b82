"""FOLD and LINK in a worker: the stages that have one writer for each partition of their input."""

from collections.abc import Callable, Set
from typing import Any

from faust.types import TP

from service.contract.record import Topic
from service.settings import Settings
from service.worker.assignments import Assignments
from service.worker.dead_letters.halt import Halts
from service.worker.kafka.topics import topic_name
from service.worker.link_writer import LinkWriter
from service.worker.observe.counts import Counts
from service.worker.partition_writer import PartitionWriter
from service.worker.shard_writer import ShardWriter

INPUTS = {"read": Topic.RAW, "fold": Topic.EXTRACTED, "link": Topic.CONCEPTS}
"""What each stage consumes."""

WRITERS: dict[str, type[ShardWriter | LinkWriter]] = {"fold": ShardWriter, "link": LinkWriter}


def input_of(stage: str, settings: Settings) -> str:
    """Return the name of the topic that a stage consumes."""
    return topic_name(INPUTS[stage], settings)


class WritingStages:
    """The writers of those of the two stages that the settings name."""

    def __init__(
        self,
        settings: Settings,
        counts: Counts,
        *,
        transactional: bool,
        halts: Halts,
        assignment: Callable[[], Set[TP]],
        abandon: Callable[[Any], None],
    ) -> None:
        """Start without a partition.

        Args:
            assignment: returns what is assigned to this worker now.
            abandon: called with each event that is left to its partition's next writer.
        """
        self._settings = settings
        self._counts = counts
        self._transactional = transactional
        self._halts = halts
        self._assignment = assignment
        self._abandon = abandon
        self._stages = {
            stage: self._open(stage) for stage in WRITERS if stage in settings.run_stages
        }

    async def take(self, stage: str, event: Any) -> None:
        """Pass an event of a stage's input to the writer of its partition."""
        await self._stages[stage].take(event)

    async def assign(self, assigned: Set[TP]) -> None:
        """Have a writer for exactly these partitions, as far as the stages consume them."""
        for stage, writers in self._stages.items():
            name = input_of(stage, self._settings)
            await writers.assign(frozenset(tp.partition for tp in assigned if tp.topic == name))

    def is_loaded(self) -> bool:
        """True if the memory of every partition assigned here is loaded."""
        return all(writers.is_ready() for writers in self._stages.values())

    async def close(self) -> None:
        """Give up all partitions."""
        for writers in self._stages.values():
            await writers.close()

    def _open(self, stage: str) -> Assignments:
        name = input_of(stage, self._settings)

        def make_writer(partition: int) -> PartitionWriter:
            return WRITERS[stage](
                partition,
                self._settings,
                self._counts,
                transactional=self._transactional,
                halts=self._halts,
            )

        return Assignments(
            stage,
            make_writer,
            transactional=self._transactional,
            halts=self._halts,
            is_assigned=lambda partition: TP(name, partition) in self._assignment(),
            abandon=self._abandon,
        )
