"""What LINK's memory is going to do with the records of a batch.

It need not be right: where it is not, stories are looked for anew (see `service.link.plan`).
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from service.contract.serde import UndecodableValue
from service.link.arrival import Arrival
from service.link.held import Held
from service.link.plan import Plan


class _Placed(NamedTuple):
    """A story as it will be: its number, and the arrival that it is of; None: it is searched no
    more."""

    number: int
    arrival: Arrival | None


class Forecast:
    """The stories in the window, as they will be."""

    def __init__(
        self, held: Mapping[str, Held], order: Iterable[Held], number: int, most: int
    ) -> None:
        """Begin with the window as it is.

        Args:
            held: the stories, by id.
            order: the same ones, the oldest first, and some that are forgotten.
            number: that the next story gets.
            most: stories that are kept.
        """
        self._plan = Plan()
        self._held = held
        self._most = most
        self._number = number
        self._count = len(held)
        self._changed: dict[str, _Placed | None] = {}  # None: it is forgotten
        self._added: list[tuple[str, int]] = []
        self._order = chain(((each.id, each.number) for each in order), self._added)

    def of(self, coming: Sequence[Arrival | str]) -> Plan:
        """Return what will be done.

        Args:
            coming: stories that are told of, and ids of those that leave the window.
        """
        for each in coming:
            if isinstance(each, str):
                self._leave(each)
            else:
                self._arrive(each)
        return self._plan

    def _arrive(self, arrival: Arrival) -> None:
        id = arrival.told.story
        if self._is_known(id, arrival):
            return
        try:
            story = arrival.story()
        except UndecodableValue:
            return
        if story is not None:
            self._plan.look_for(story)
        self._forget(id)
        if story is not None:
            self._plan.add(self._number, story)
            self._changed[id] = _Placed(self._number, arrival)
            self._added.append((id, self._number))
            self._number += 1
            self._count += 1
        while self._count > self._most and self._forget_oldest():
            pass

    def _leave(self, id: str) -> None:
        number = self._searched(id)
        if number is None:
            return
        held = self._held.get(id)
        if held is None or not held.pairs:
            self._forget(id)
        else:
            self._plan.remove(number)
            self._changed[id] = _Placed(number, None)

    def _forget_oldest(self) -> bool:
        for id, number in self._order:
            if self._number_of(id) == number:
                self._forget(id)
                return True
        return False

    def _forget(self, id: str) -> None:
        if self._number_of(id) is None:
            return
        number = self._searched(id)
        if number is not None:
            self._plan.remove(number)
        self._changed[id] = None
        self._count -= 1

    def _is_known(self, id: str, arrival: Arrival) -> bool:
        if id not in self._changed:
            held = self._held.get(id)
            return held is not None and held.is_as(arrival.told, arrival.packed)
        placed = self._changed[id]
        before = None if placed is None else placed.arrival
        return (
            before is not None
            and before.packed == arrival.packed
            and before.told.language == arrival.told.language
            and before.told.agency == arrival.told.agency
        )

    def _number_of(self, id: str) -> int | None:
        """Number of a story that is held; else None."""
        if id in self._changed:
            placed = self._changed[id]
            return None if placed is None else placed.number
        held = self._held.get(id)
        return None if held is None else held.number

    def _searched(self, id: str) -> int | None:
        """Number of a story that is searched; else None."""
        if id in self._changed:
            placed = self._changed[id]
            return None if placed is None or placed.arrival is None else placed.number
        held = self._held.get(id)
        return held.number if held is not None and held.packed else None
