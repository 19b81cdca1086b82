"""LINK's memory in a worker: the window of stories, restored whole from its changelog,
`link.state`."""

import logging
from collections.abc import Sequence
from typing import Any

from service.contract.fold_state import MARKER_PREFIX
from service.contract.outcome import FailureReason
from service.contract.record import InputMessage, Record
from service.link.linker import Linker
from service.link.restore import LinkRestorer, enter
from service.link.stage import link_batch, unlinked
from service.settings import Settings
from service.worker.checkpoint.changelog import Reading
from service.worker.checkpoint.continuity import Marker
from service.worker.checkpoint.placing import Steps, place_each
from service.worker.kafka.incoming import input_message
from service.worker.observe import measure_link, observe

logger = logging.getLogger(__name__)


class LinkMemory:
    """The stories that LINK compares, in memory only: `link.state` is small enough to be read whole
    at each start, so there is no checkpoint on disk.

    Attributes:
        spoiled: True if a story could not be placed, which may have left the memory half changed.
    """

    def __init__(self, settings: Settings) -> None:
        """Start empty."""
        self.spoiled = False
        self._most = settings.link_stories
        self._linker = Linker(self._most)
        self._steps = Steps()

    @property
    def linker(self) -> Linker:
        """The window; only the thread that places may change it."""
        return self._linker

    async def restore(self, read: Reading, marker: Marker) -> None:
        """Read the whole log.

        Raises:
            UndecodableValue, NewerState: the log has a record that this version cannot read.
        """
        # What is kept of a fault is given up first: the two would not fit into memory together.
        self._linker = Linker(self._most)
        restorer = LinkRestorer(self._most)
        async for records in read(None):
            await self._steps.run(_enter_all, restorer, records)
        self._linker = await self._steps.run(restorer.finish)
        self.spoiled = False
        observe.link_state(self._linker)
        logger.info(
            "LINK holds %d stories with %d pairs of translations",
            self._linker.stories,
            self._linker.pairs,
        )

    async def place(self, batch: Sequence[Any]) -> list[list[Record]]:
        """Place a batch of events, in order (see `PartitionMemory.place`)."""
        made, self.spoiled = await self._steps.run(self._place, batch)
        return made

    async def keep(self, records: Sequence[Record], written: Sequence[Any]) -> None:
        """Nothing is kept beside the log."""

    async def close(self) -> None:
        """Wait for the step under way."""
        await self._steps.end()

    def _place(self, batch: Sequence[Any]) -> tuple[list[list[Record]], bool]:
        messages = [input_message(event.message) for event in batch]
        started = observe.now()

        def placed(message: InputMessage, records: list[Record]) -> None:
            nonlocal started
            observe.linked(message, records, started)
            started = observe.now()

        made, spoiled = place_each(
            messages,
            link_batch(messages, self._linker),
            dead_letter=_unlinked,
            placed=placed,
        )
        if spoiled:
            measure_link.fault()
        else:
            observe.link_state(self._linker)
        return made, spoiled


def _enter_all(restorer: LinkRestorer, records: Sequence[Any]) -> None:
    for record in records:
        key = record.key.decode()
        if not key.startswith(MARKER_PREFIX):
            enter(restorer, key, record.value)


def _unlinked(message: InputMessage, error: Exception) -> Record:
    return unlinked(message, FailureReason.ERROR, error)
