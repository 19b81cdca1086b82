"""A wall clock for one process that a test can set: `time.time` plus what stands in a file.

Python imports a module of this name at its start. It does nothing without CLOCK_OFFSET_FILE, whose
eight bytes are the seconds to add, as a double.
"""

import mmap
import os
import struct
import sys
import time


def _hold_clock(path: str) -> None:
    with open(path, "rb") as file:  # noqa: PTH123 - as few imports as can be: this runs first
        held = mmap.mmap(file.fileno(), 8, prot=mmap.PROT_READ)
    real = time.time
    real_ns = time.time_ns

    def offset() -> float:
        (seconds,) = struct.unpack_from("d", held)
        return float(seconds)

    time.time = lambda: real() + offset()
    time.time_ns = lambda: real_ns() + int(offset() * 1e9)
    print(f"the clock is held in {path}", file=sys.stderr, flush=True)


if "CLOCK_OFFSET_FILE" in os.environ:
    _hold_clock(os.environ["CLOCK_OFFSET_FILE"])
