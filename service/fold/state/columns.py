"""What a shard holds in memory of every article and story: a few numbers each."""

import numpy as np
import numpy.typing as npt

Slots = npt.NDArray[np.uint32]

_NONE = 0
"""The slot of an article that is not in the window."""

_ROOM = 1024


class ArticleColumns:
    """Articles by number: the slot of the story that holds each, and its event time.

    Numbers only grow; memory of the oldest is released when they have left the window.
    """

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
        """Set all articles, ascending by number."""
        self.count = len(numbers)
        self._first = int(numbers[0]) if len(numbers) else 0
        self._next = int(numbers[-1]) + 1 if len(numbers) else 0
        room = self._next - self._first + _ROOM
        self._slots = np.zeros(room, dtype=np.uint32)
        self._seen = np.zeros(room, dtype=np.float64)
        self._slots[numbers - self._first] = slots
        self._seen[numbers - self._first] = seen

    def add(self, number: int, slot: int, seen: float) -> None:
        """Add an article; its number is higher than all before."""
        if not self.count:
            self._first = self._next = number
        row = number - self._first
        if row >= len(self._slots):
            self._grow(row)
        # Numbers may leave gaps, and the rows in between may have been in use before.
        self._slots[self._next - self._first : row] = _NONE
        self._slots[row], self._seen[row] = slot, seen
        self._next = number + 1
        self.count += 1

    def remove(self, number: int) -> None:
        """Remove an article."""
        self._slots[number - self._first] = _NONE
        self.count -= 1
        while self._first < self._next and not self._slots[0]:
            step = self._removed_first()
            self._slots, self._seen = self._slots[step:], self._seen[step:]
            self._first += step

    def move(self, numbers: list[int], slot: int) -> None:
        """Move articles to another story."""
        self._slots[np.array(numbers, dtype=np.int64) - self._first] = slot

    def slots(self, numbers: npt.NDArray[np.int64]) -> Slots:
        """Return the slots of articles that are in the window."""
        found: Slots = self._slots[numbers - self._first]
        return found

    def are_alive(self, numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
        """Return which of the numbers are those of articles in the window."""
        if not self.count:
            return np.zeros(len(numbers), dtype=bool)
        rows = numbers - self._first
        alive: npt.NDArray[np.bool_] = self._slots.take(rows, mode="clip") != _NONE
        # Clipping maps numbers outside to the first and the last row.
        alive &= (rows >= 0) & (numbers < self._next)
        return alive

    @property
    def oldest(self) -> int:
        """The lowest number in the window."""
        return self._first

    @property
    def oldest_seen(self) -> float:
        """Time of fetch of the article with the lowest number."""
        return float(self._seen[0])

    @property
    def second_seen(self) -> float:
        """Time of fetch of the article with the second lowest number; infinite if there is none."""
        found = np.flatnonzero(self._slots[1 : self._next - self._first])
        return float(self._seen[found[0] + 1]) if len(found) else float("inf")

    @property
    def nbytes(self) -> int:
        """Bytes held."""
        return self._slots.nbytes + self._seen.nbytes

    def _removed_first(self) -> int:
        """Return how many of the first rows are without an article."""
        slots = self._slots[: self._next - self._first]
        for begin in range(0, len(slots), _ROOM):
            if (part := slots[begin : begin + _ROOM]).any():
                return begin + int((part != _NONE).argmax())
        return len(slots)

    def _grow(self, row: int) -> None:
        used = self._next - self._first
        room = max(row + 1, used + used // 4) + _ROOM
        slots, seen = np.zeros(room, dtype=np.uint32), np.zeros(room, dtype=np.float64)
        slots[:used], seen[:used] = self._slots[:used], self._seen[:used]
        self._slots, self._seen = slots, seen


class StoryColumns:
    """Stories by slot: how many articles each holds, and the rank of its id."""

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
        """Set all stories.

        Args:
            sizes: by slot, with zeros for slots that are free.
        """
        room = len(sizes) + _ROOM
        self._sizes = np.zeros(room, dtype=np.uint32)
        self._ranks = np.zeros(room, dtype=np.uint64)
        self._sizes[: len(sizes)] = sizes
        self._ranks[slots] = ranks
        self.count = len(slots)

    def add(self, slot: int, story_id: str) -> None:
        """Add a story without articles."""
        if slot >= len(self._sizes):
            more = slot + slot // 4 + _ROOM - len(self._sizes)
            self._sizes = np.concatenate([self._sizes, np.zeros(more, dtype=np.uint32)])
            self._ranks = np.concatenate([self._ranks, np.zeros(more, dtype=np.uint64)])
        self._sizes[slot], self._ranks[slot] = 0, rank_of(story_id)
        self.count += 1

    def remove(self) -> None:
        """Count one story less; its slot is reset when it is used again."""
        self.count -= 1

    def resize(self, slot: int, by: int) -> int:
        """Change the number of a story's articles, and return it."""
        size = int(self._sizes[slot]) + by
        self._sizes[slot] = size
        return size

    def size(self, slot: int) -> int:
        """Return the number of a story's articles."""
        return int(self._sizes[slot])

    def ranks(self, slots: Slots) -> npt.NDArray[np.uint64]:
        """Return the ranks of the stories' ids."""
        return self._ranks.take(slots)

    @property
    def nbytes(self) -> int:
        """Bytes held."""
        return self._sizes.nbytes + self._ranks.nbytes


def rank_of(story_id: str) -> int:
    """Return the first 64 bits of a story's id: ranks ascend as the ids do."""
    return int(story_id.rpartition(":")[2][:16], 16)


class FreeSlots:
    """The slots that can be given to new stories; slot 0 means none."""

    def __init__(self, used: npt.NDArray[np.int64] | None = None) -> None:
        self._next = 1 if used is None else int(used.max(initial=0)) + 1
        free = np.ones(self._next, dtype=bool)
        free[0] = False
        if used is not None:
            free[used] = False
        self._free: list[int] = np.flatnonzero(free).tolist()

    def take(self) -> int:
        """Return a free slot, which is in use from now on."""
        if self._free:
            return self._free.pop()
        self._next += 1
        return self._next - 1

    def give(self, slot: int) -> None:
        """Free a slot."""
        self._free.append(slot)
