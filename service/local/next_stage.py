"""What one stage wrote, as the input of the next, where no broker stands between them."""

import logging
from collections.abc import Callable, Iterator, Sequence

from service.contract.extracted import SourcePosition
from service.contract.outcome import FailureReason
from service.contract.record import InputMessage, Record

logger = logging.getLogger(__name__)

Placing = Callable[[Sequence[InputMessage]], Iterator[Sequence[Record]]]
"""Yields the records of each message, in order."""


def as_consumed(record: Record, offset: int) -> InputMessage:
    """Return a record as the message that the next stage consumes."""
    return InputMessage(
        key=record.key,
        value=record.value,
        headers=record.headers,
        timestamp=None,
        source=SourcePosition(
            topic=record.topic.value, partition=record.partition or 0, offset=offset
        ),
    )


def place_all(
    messages: Sequence[InputMessage],
    place: Placing,
    dead_letter: Callable[[InputMessage, FailureReason, Exception], Record],
) -> Iterator[Sequence[Record]]:
    """Yield what a stage makes of each message; one that raises an error becomes a dead letter."""
    placing = place(messages)
    for following, message in enumerate(messages, 1):
        try:
            yield next(placing)
        except Exception as error:
            logger.exception("cannot place %s", message.key)
            yield [dead_letter(message, FailureReason.ERROR, error)]
            placing = place(messages[following:])
