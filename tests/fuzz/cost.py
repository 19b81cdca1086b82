"""The target that hunts for pages which take READ long for their size."""

import math
import time
from dataclasses import dataclass

from service.contract.outcome import REASON
from service.read.stage import read
from tests.fuzz.sample import parse

SMALL = 16
"""Kilobytes added to each size: a page takes some time whatever its size."""
LIMIT = 0.02
"""Seconds of processor time for a kilobyte. Linear work takes up to 0.002; trafilatura takes up to
0.008 for a small page with as many elements as it is asked about."""
FLOOR = 0.3
"""Seconds below which a page is not judged."""


@dataclass(slots=True)
class Cost:
    """Reads a page and names its cost, so that a run keeps the pages that cost more than others.

    Attributes:
        worst: most seconds of processor time for a kilobyte so far.
        seconds, size: those of that page; its size is in bytes.
    """

    worst: float = 0.0
    seconds: float = 0.0
    size: int = 0

    def __call__(self, data: bytes) -> str:
        """Return the outcome and the power of two of the cost.

        Raises:
            AssertionError: the page costs more than LIMIT, each of three times.
        """
        message = parse(data)
        kilobytes = len(data) / 1024 + SMALL
        spent = math.inf
        for _ in range(3):
            begin = time.process_time()
            record = read(message)
            spent = min(spent, time.process_time() - begin)
            if spent <= max(FLOOR, LIMIT * kilobytes):
                break
        cost = spent / kilobytes
        if cost > self.worst:
            self.worst, self.seconds, self.size = cost, spent, len(data)
        assert spent <= max(FLOOR, LIMIT * kilobytes), (
            f"{spent:.2f} s for {len(data):,} bytes: {1000 * cost:.1f} ms a kilobyte"
        )
        reason = dict(record.headers).get(REASON, b"").decode()
        return f"{record.topic.value} {reason} {round(math.log2(max(cost, 1e-6)))}"

    def __str__(self) -> str:
        return (
            f"the worst page took {self.seconds:.3f} s for {self.size:,} bytes:"
            f" {1000 * self.worst:.2f} ms a kilobyte, of {1000 * LIMIT:.0f} allowed"
        )
