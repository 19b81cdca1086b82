"""The in-flight window of READ: pages in flight, bounded by number and by bytes."""

import asyncio


class InFlightWindow:
    """Counts the pages in flight and admits no more than the limits allow.

    A page larger than the limit in bytes is admitted alone.

    Attributes:
        pages, size: number and bytes of the pages in flight.
    """

    def __init__(self, pages: int, size: int) -> None:
        self.pages = 0
        self.size = 0
        self._most_pages = pages
        self._max_size = size
        self._landed = asyncio.Event()
        self._waiting = 0

    @property
    def is_full(self) -> bool:
        """True if a page waits for room."""
        return self._waiting > 0

    async def enter(self, size: int) -> None:
        """Wait until there is room for a page of this many bytes, and admit it."""
        self._waiting += 1
        try:
            while not self._has_room(size):
                self._landed.clear()
                await self._landed.wait()
        finally:
            self._waiting -= 1
        self.pages += 1
        self.size += size

    def leave(self, size: int) -> None:
        """Release the room of a page."""
        self.pages -= 1
        self.size -= size
        self._landed.set()

    def _has_room(self, size: int) -> bool:
        if self.pages >= self._most_pages:
            return False
        return self.size == 0 or self.size + size <= self._max_size
