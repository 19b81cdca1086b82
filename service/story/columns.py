"""What a shard holds in memory of every article and of every story: a few numbers each."""

import numpy as np
import numpy.typing as npt

Slots = npt.NDArray[np.uint32]

_NONE = 0
"""The slot of what is not in the window."""

_ROOM = 1024


class Arrivals:
    """Articles by arrival number: the slot of the story that holds each (none: 0), and its event
    time. Numbers only grow; what has left at the old end is given up."""

    def __init__(self) -> None:
        self.count = 0
        self._first = 0
        self._next = 0
        self._slots = np.zeros(_ROOM, dtype=np.uint32)
        self._seen = np.zeros(_ROOM, dtype=np.float64)

    def load(
        self,
        numbers: npt.NDArray[np.int64],
        slots: npt.NDArray[np.int64],
        seen: npt.NDArray[np.float64],
    ) -> None:
        """Take over all articles, ascending by number."""
        self.count = len(numbers)
        self._first = int(numbers[0]) if len(numbers) else 0
        self._next = int(numbers[-1]) + 1 if len(numbers) else 0
        room = self._next - self._first + _ROOM
        self._slots = np.zeros(room, dtype=np.uint32)
        self._seen = np.zeros(room, dtype=np.float64)
        self._slots[numbers - self._first] = slots
        self._seen[numbers - self._first] = seen

    def add(self, number: int, slot: int, seen: float) -> None:
        """Enter an article; its number is above all before it."""
        if not self.count:
            self._first = self._next = number
        place = number - self._first
        if place >= len(self._slots):
            self._grow(place)
        place = number - self._first
        # What lay here before is long gone, but numbers may leave gaps.
        self._slots[self._next - self._first : place] = _NONE
        self._slots[place], self._seen[place] = slot, seen
        self._next = number + 1
        self.count += 1

    def drop(self, number: int) -> None:
        """Let an article go."""
        self._slots[number - self._first] = _NONE
        self.count -= 1
        while self._first < self._next and not self._slots[0]:
            step = self._leading()
            self._slots, self._seen = self._slots[step:], self._seen[step:]
            self._first += step

    def move(self, numbers: list[int], slot: int) -> None:
        """Give articles to another story."""
        self._slots[np.array(numbers, dtype=np.int64) - self._first] = slot

    def slots(self, numbers: npt.NDArray[np.int64]) -> Slots:
        """The slots of articles that are in the window."""
        found: Slots = self._slots[numbers - self._first]
        return found

    @property
    def oldest(self) -> int:
        """The lowest number in the window."""
        return self._first

    @property
    def oldest_seen(self) -> float:
        """Event time of the article with the lowest number."""
        return float(self._seen[0])

    @property
    def nbytes(self) -> int:
        """Bytes held."""
        return self._slots.nbytes + self._seen.nbytes

    def _leading(self) -> int:
        """How many at the old end have left."""
        held = self._slots[: self._next - self._first]
        for begin in range(0, len(held), _ROOM):
            if (part := held[begin : begin + _ROOM]).any():
                return begin + int((part != _NONE).argmax())
        return len(held)

    def _grow(self, place: int) -> None:
        held = self._next - self._first
        room = max(place + 1, held + held // 4) + _ROOM
        slots, seen = np.zeros(room, dtype=np.uint32), np.zeros(room, dtype=np.float64)
        slots[:held], seen[:held] = self._slots[:held], self._seen[:held]
        self._slots, self._seen = slots, seen


class Places:
    """Stories by slot: how many articles each holds, and its place in the order of ids."""

    def __init__(self) -> None:
        self.count = 0
        self._sizes = np.zeros(_ROOM, dtype=np.uint32)
        self._ranks = np.zeros(_ROOM, dtype=np.uint64)

    def load(
        self,
        slots: npt.NDArray[np.int64],
        ranks: npt.NDArray[np.uint64],
        sizes: npt.NDArray[np.int64],
    ) -> None:
        """Take over all stories; sizes by slot."""
        room = len(sizes) + _ROOM
        self._sizes = np.zeros(room, dtype=np.uint32)
        self._ranks = np.zeros(room, dtype=np.uint64)
        self._sizes[: len(sizes)] = sizes
        self._ranks[slots] = ranks
        self.count = len(slots)

    def add(self, slot: int, story_id: str) -> None:
        """Enter a story without articles."""
        if slot >= len(self._sizes):
            more = slot + slot // 4 + _ROOM - len(self._sizes)
            self._sizes = np.concatenate([self._sizes, np.zeros(more, dtype=np.uint32)])
            self._ranks = np.concatenate([self._ranks, np.zeros(more, dtype=np.uint64)])
        self._sizes[slot], self._ranks[slot] = 0, rank_of(story_id)
        self.count += 1

    def drop(self, slot: int) -> None:
        """Let a story go."""
        self.count -= 1

    def resize(self, slot: int, by: int) -> int:
        """Change the number of a story's articles; returns it."""
        size = int(self._sizes[slot]) + by
        self._sizes[slot] = size
        return size

    def size(self, slot: int) -> int:
        """Articles of a story."""
        return int(self._sizes[slot])

    def ranks(self, slots: Slots) -> npt.NDArray[np.uint64]:
        """Ascending as ids are."""
        return self._ranks.take(slots)

    @property
    def nbytes(self) -> int:
        """Bytes held."""
        return self._sizes.nbytes + self._ranks.nbytes


def rank_of(story_id: str) -> int:
    """The first 64 bits of a story's id."""
    return int(story_id.rpartition(":")[2][:16], 16)


class FreeSlots:
    """Which slots can be given to new stories; 0 is none."""

    def __init__(self, used: npt.NDArray[np.int64] | None = None) -> None:
        self._next = 1 if used is None else int(used.max(initial=0)) + 1
        free = np.ones(self._next, dtype=bool)
        free[0] = False
        if used is not None:
            free[used] = False
        self._free: list[int] = np.flatnonzero(free).tolist()

    def take(self) -> int:
        """A free slot."""
        if self._free:
            return self._free.pop()
        self._next += 1
        return self._next - 1

    def give(self, slot: int) -> None:
        """Free a slot."""
        self._free.append(slot)
