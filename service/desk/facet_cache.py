"""Values to filter by and totals, counted anew after a change, but not at any price."""

import sqlite3
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from service.desk.bell import Bell
from service.desk.queries.facets import Counts, Facets, load_counts, load_facets
from service.desk.read_model import ReadModel

T = TypeVar("T")

_REST = 20.0
"""A count that took a second is kept for so many: it never takes more than a twentieth of the time.
With few rows it takes a millisecond, and what is shown is of the newest state."""


class FacetCache:
    """What every page shows and only the whole read model knows."""

    def __init__(self, model: ReadModel, bell: Bell) -> None:
        self._counts = _Counted(model, bell, load_counts)
        self._facets = _Counted(model, bell, load_facets)

    async def counts(self) -> Counts:
        """How much the read model holds."""
        return await self._counts.value()

    async def facets(self) -> Facets:
        """What there is to filter by."""
        return await self._facets.value()


class _Counted(Generic[T]):
    """The answer to one query, of the state that it was asked in."""

    def __init__(
        self, model: ReadModel, bell: Bell, query: Callable[[sqlite3.Connection], T]
    ) -> None:
        self._model = model
        self._bell = bell
        self._query = query
        self._held: tuple[int, T] | None = None
        self._keep_until = 0.0

    async def value(self) -> T:
        """The held answer, or a new one if the state is another and the time has come."""
        number, begun = self._bell.number, time.monotonic()
        if self._held is not None and (self._held[0] == number or begun < self._keep_until):
            return self._held[1]
        answer = await self._model.read(self._query)
        ended = time.monotonic()
        self._held = (number, answer)
        self._keep_until = ended + _REST * (ended - begun)
        return answer
