"""LINK without a broker: follows the records of FOLD, and adds what it says of them."""

import logging
from collections.abc import Iterator, Sequence

from service.contract.extracted import SourcePosition
from service.contract.outcome import FailureReason
from service.contract.record import InputMessage, Record, Topic
from service.link.linker import Linker
from service.link.stage import link_batch, unlinked

logger = logging.getLogger(__name__)


class LinkFiles:
    """The one LINK of a run."""

    def __init__(self, most: int) -> None:
        """Start empty.

        Args:
            most: stories among which translations are found.
        """
        self._linker = Linker(most)
        self._read = 0

    def follow(self, records: Sequence[Record]) -> Iterator[Record]:
        """Yield records, and after each of `stories.concepts` those of LINK. How records are parted
        into calls changes nothing."""
        told = [record for record in records if record.topic is Topic.CONCEPTS]
        messages = [_as_consumed(each, self._read + n) for n, each in enumerate(told)]
        self._read += len(told)
        linked = self._link(messages)
        for record in records:
            yield record
            if record.topic is Topic.CONCEPTS:
                yield from next(linked)

    def _link(self, messages: Sequence[InputMessage]) -> Iterator[Sequence[Record]]:
        """As `link_batch`, but a story that raises an error becomes a dead letter."""
        linking = link_batch(messages, self._linker)
        for following, message in enumerate(messages, 1):
            try:
                yield next(linking)
            except Exception as error:
                logger.exception("cannot link %s", message.key)
                yield [unlinked(message, FailureReason.ERROR, error)]
                linking = link_batch(messages[following:], self._linker)


def _as_consumed(record: Record, offset: int) -> InputMessage:
    """FOLD's record as the message that LINK consumes."""
    return InputMessage(
        key=record.key,
        value=record.value,
        headers=record.headers,
        timestamp=None,
        source=SourcePosition(topic=Topic.CONCEPTS.value, partition=0, offset=offset),
    )
