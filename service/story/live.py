"""Which articles count, for the candidate index."""

import numpy as np
import numpy.typing as npt


class Live:
    """Which article numbers still count, a byte each; the first and the last byte stand for all
    numbers outside, which never do."""

    def __init__(self) -> None:
        self._first = -1
        self._flags = np.zeros(2, dtype=bool)

    def set(self, number: int) -> None:
        """Let an article count; numbers only grow."""
        self._make_room(number, number)
        self._flags[number - self._first] = True

    def set_all(self, numbers: npt.NDArray[np.int64]) -> None:
        """Let articles count, above all so far."""
        if len(numbers):
            self._make_room(int(numbers[0]), int(numbers[-1]))
            self._flags[numbers - self._first] = True

    def clear(self, number: int) -> None:
        """Let an article count no more."""
        if self._first <= number < self._first + len(self._flags):
            self._flags[number - self._first] = False

    def is_set(self, number: int) -> bool:
        """Whether an article counts."""
        place = number - self._first
        return 0 <= place < len(self._flags) and bool(self._flags[place])

    def are(self, numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
        """Which of the numbers count."""
        return self._flags.take(numbers - self._first, mode="clip")

    def _make_room(self, number: int, last: int) -> None:
        if last < self._first + len(self._flags) - 1:
            return
        begin = int(self._flags.argmax())
        if not self._flags[begin]:
            self._first, self._flags, begin = number - 1, self._flags[:0], 1
        kept = self._flags[begin:]
        self._first += begin - 1
        self._flags = np.zeros(2 * (last - self._first) + 1024, dtype=bool)
        self._flags[1 : 1 + len(kept)] = kept
