"""A thread that ends the process when its event loop no longer runs."""

import faulthandler
import sys
import threading
import time

from service.stream.fatal import die


class Watchdog:
    """To be told by the loop that it runs; where it is not for long, the process ends.

    It counts its own ticks instead of looking at a clock: a process that was stopped (SIGSTOP, a
    frozen container) and goes on has not been blocked, and a clock that jumps means nothing.
    """

    def __init__(self, seconds: float, tick: float = 1.0) -> None:
        self._ticks_allowed = max(2, round(seconds / tick))
        self._tick = tick
        self._missed = 0
        self._thread = threading.Thread(target=self._watch, name="watchdog", daemon=True)

    def start(self) -> None:
        """Begin to watch; there is no way to end it but the process's end."""
        self._thread.start()

    def is_running(self) -> None:
        """The loop says that it runs."""
        self._missed = 0

    def _watch(self) -> None:
        while True:
            time.sleep(self._tick)
            self._missed += 1
            if self._missed > self._ticks_allowed:
                faulthandler.dump_traceback(sys.__stderr__ or 2, all_threads=True)
                seconds = self._ticks_allowed * self._tick
                die(f"the event loop has been blocked for {seconds:g} s (stacks above)")
