"""Change feed: notifies open pages that the read model has changed."""

import asyncio
from collections import deque

from service.desk.ingest.batch import Change

REMEMBERED = 64


class ChangeFeed:
    """One writer publishes changes to any number of listeners; none of them can block it."""

    def __init__(self, number: int) -> None:
        self._changes: deque[Change] = deque([Change(number)], maxlen=REMEMBERED)
        self._changed = asyncio.Event()

    @property
    def number(self) -> int:
        """Number of the read model's present state."""
        return self._changes[-1].number

    def publish(self, change: Change) -> None:
        """Publish a change and wake the listeners."""
        self._changes.append(change)
        self._changed.set()
        self._changed = asyncio.Event()

    def since(self, number: int) -> frozenset[str] | None:
        """Ids changed after state `number`; None if it is too old: then any id may have changed."""
        if number == self.number:
            return frozenset()
        if not any(change.number == number for change in self._changes):
            return None
        later = (change.ids for change in self._changes if change.number > number)
        return frozenset().union(*later)

    async def wait(self, number: int) -> None:
        """Return as soon as the present state is not `number`."""
        while number == self.number:
            await self._changed.wait()
