"""The window of pages in flight: bounded by number and by bytes."""

import asyncio


class Flight:
    """Counts what is in flight and lets no more in than the bounds allow.

    One page larger than all the bytes allowed still flies, alone.
    """

    def __init__(self, pages: int, octets: int) -> None:
        self._free_pages = pages
        self._octets = 0
        self._most_octets = octets
        self._landed = asyncio.Condition()

    async def enter(self, octets: int) -> None:
        """Wait for room for a page of this many bytes."""
        async with self._landed:
            await self._landed.wait_for(lambda: self._has_room(octets))
            self._free_pages -= 1
            self._octets += octets

    async def leave(self, octets: int) -> None:
        """Give back the room of a page."""
        async with self._landed:
            self._free_pages += 1
            self._octets -= octets
            self._landed.notify_all()

    def _has_room(self, octets: int) -> bool:
        if self._free_pages <= 0:
            return False
        return self._octets == 0 or self._octets + octets <= self._most_octets
