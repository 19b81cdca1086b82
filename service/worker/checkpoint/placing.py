"""The work of a memory, in a thread: inputs placed one by one, each fault a dead letter."""

import asyncio
import logging
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from service.contract.record import InputMessage, Record

logger = logging.getLogger(__name__)

R = TypeVar("R")


class Steps:
    """Steps of one memory: one at a time, each in a thread and always to its end."""

    def __init__(self) -> None:
        self._working: asyncio.Future[Any] | None = None

    async def run(self, step: Callable[..., R], *args: Any) -> R:
        """Run a step in a thread. It goes on to its end even if the caller is cancelled."""
        self._working = asyncio.ensure_future(asyncio.to_thread(step, *args))
        result: R = await asyncio.shield(self._working)
        return result

    async def end(self) -> None:
        """Return when no step is under way."""
        if self._working is not None:
            await asyncio.gather(self._working, return_exceptions=True)


def place_each(
    messages: Sequence[InputMessage],
    placing: Iterator[list[Record]],
    *,
    dead_letter: Callable[[InputMessage, Exception], Record],
    placed: Callable[[InputMessage, list[Record]], None],
    fatal: type[Exception] | tuple[()] = (),
) -> tuple[list[list[Record]], bool]:
    """Take what is made of each message, up to the first that cannot be placed.

    Args:
        placing: yields the records of each message, in order.
        dead_letter: makes the record of the message that could not be placed.
        placed: called after each message that was.
        fatal: errors that are raised, and not put down to the message.

    Returns:
        The records of each message, and whether the last of them could not be placed: then the
        memory may be half changed.
    """
    made: list[list[Record]] = []
    for message in messages:
        try:
            records = next(placing)
        except fatal:
            raise
        except Exception as error:
            logger.exception("cannot place %s", message.source)
            return [*made, [dead_letter(message, error)]], True
        made.append(records)
        placed(message, records)
    return made, False
