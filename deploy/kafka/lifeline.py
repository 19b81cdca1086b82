"""Ends a child process when its parent is gone, however the parent went."""

import subprocess

# `read` returns 0 for a line (released) and 1 at the end of the pipe (the parent is no more).
_WATCH = 'read -r _ || kill -KILL "$0"'


class Lifeline:
    """Watches over one child from a small shell that holds the far end of a pipe.

    The kernel closes the pipe with the last process that holds it, so a parent killed outright
    still takes its child along. Linux's parent-death signal is not used because it follows the
    thread that started the child, and brokers are started from worker threads too.
    """

    def __init__(self, pid: int) -> None:
        self._watcher = subprocess.Popen(  # noqa: S603 - fixed script, a number as its argument
            ["/bin/sh", "-c", _WATCH, str(pid)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def release(self) -> None:
        """Lets go; call it once the child has been waited for, so that its id is never reused."""
        self._watcher.communicate(b"\n")
