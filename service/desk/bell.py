"""Tells open pages that the read model has changed."""

import asyncio
from collections import deque

from service.desk.enter import Change

REMEMBERED = 64


class Bell:
    """Rung by the one who writes, heard by any number of listeners; none can hold it up."""

    def __init__(self, number: int) -> None:
        self._changes: deque[Change] = deque([Change(number)], maxlen=REMEMBERED)
        self._rung = asyncio.Event()

    @property
    def number(self) -> int:
        """Of the state that the read model is in."""
        return self._changes[-1].number

    def ring(self, change: Change) -> None:
        """Tell of a change."""
        self._changes.append(change)
        self._rung.set()
        self._rung = asyncio.Event()

    def since(self, number: int) -> frozenset[str] | None:
        """Ids changed after that state; None where that is not remembered: all may have."""
        if number == self.number:
            return frozenset()
        if not any(change.number == number for change in self._changes):
            return None
        later = (change.ids for change in self._changes if change.number > number)
        return frozenset().union(*later)

    async def wait(self, number: int) -> None:
        """Return when the state is another than that."""
        while number == self.number:
            await self._rung.wait()
