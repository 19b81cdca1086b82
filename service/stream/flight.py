"""The window of pages in flight: bounded by number and by bytes."""

import asyncio


class Flight:
    """Counts what is in flight and lets no more in than the bounds allow.

    One page larger than all the bytes allowed still flies, alone.

    Attributes:
        pages, octets: in flight now.
    """

    def __init__(self, pages: int, octets: int) -> None:
        self.pages = 0
        self.octets = 0
        self._most_pages = pages
        self._most_octets = octets
        self._landed = asyncio.Event()

    async def enter(self, octets: int) -> None:
        """Wait for room for a page of this many bytes."""
        while not self._has_room(octets):
            self._landed.clear()
            await self._landed.wait()
        self.pages += 1
        self.octets += octets

    def leave(self, octets: int) -> None:
        """Give back the room of a page."""
        self.pages -= 1
        self.octets -= octets
        self._landed.set()

    def _has_room(self, octets: int) -> bool:
        if self.pages >= self._most_pages:
            return False
        return self.octets == 0 or self.octets + octets <= self._most_octets
