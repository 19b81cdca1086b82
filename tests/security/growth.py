"""Measure how the processor time of work grows with the size of its input."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

TIMES = 4
"""Factor between the two sizes that are compared."""
MOST = 8.0
"""Highest allowed ratio of the two times: linear work has 4, quadratic 16, exponential far more."""
PATIENT = 20
"""Calls before work is said to take too long; of tens of thousands of measurements some are hurt by
what else the machine does for several calls in a row."""


@dataclass(frozen=True, slots=True)
class Growth:
    """Seconds of processor time at a size and at `TIMES` that size."""

    size: int
    small: float
    large: float

    @property
    def ratio(self) -> float:
        """How many times longer the larger input takes."""
        return self.large / self.small if self.small else float("inf")

    def __str__(self) -> str:
        return (
            f"{1000 * self.small:.1f} ms at {self.size}, {1000 * self.large:.1f} ms at"
            f" {TIMES * self.size}: {self.ratio:.1f} times for {TIMES} times the size"
        )


def seconds(work: Callable[[], object], best_of: int = 1) -> float:
    """Least processor time of several calls."""
    least = float("inf")
    for _ in range(best_of):
        begin = time.process_time()
        work()
        least = min(least, time.process_time() - begin)
    return least


def too_fast_growth(
    work: Callable[[int], Callable[[], object]],
    sizes: Sequence[int],
    floor: float,
    enough: float,
) -> Growth | None:
    """Return the growth of work that grows faster than linearly, or None.

    A size is judged if it takes longer than `floor`: it is compared with a quarter of it. Work with
    a bound grows faster only up to the bound, so larger sizes are tried until one takes longer than
    `enough` or grows no faster than it may.

    Args:
        work: makes the work for a size.
        sizes: ascending.
        floor: seconds of processor time, so large that noise cannot pass for growth.
        enough: seconds of processor time that no linear work of these sizes takes.
    """
    found = None
    for size in sizes:
        large = work(size)
        if seconds(large) < floor:
            continue
        growth = Growth(size // TIMES, seconds(work(size // TIMES), 5), seconds(large, 3))
        if growth.large < floor:
            continue
        if growth.ratio > MOST:  # or another process had the cache, or the hypervisor the core
            growth = Growth(
                growth.size, seconds(work(growth.size), PATIENT), seconds(large, PATIENT)
            )
        if growth.ratio <= MOST:
            return None
        found = growth
        if growth.large > enough:
            break
    return found
