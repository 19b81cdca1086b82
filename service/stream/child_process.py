"""A child process as the worker holds it: started, and killed. What it is told goes another way
(`child_line.py`)."""

import multiprocessing
import os
import socket
import threading

from service.read import ReadOptions
from service.stream import child
from service.stream.child_messages import READY, framed

_START_SECONDS = 60.0
_BEFORE_FORKING = ["service.stream.child", "service.stream.warm_up"]

_BUFFER = 1024 * 1024
"""Bytes of a page that may lie between both while the child is at another; the kernel may give
less."""

# Two threads that ask after the same ended process would read its exit code only once.
_processes = threading.Lock()


class NoChild(RuntimeError):
    """A child did not get ready: it cannot work under its limits, or was ended as it started."""


class ChildProcess:
    """One child. Its line is its own, so that no other can block or garble what it writes.

    Blocks, so that it is for threads.

    Attributes:
        line: the worker's end, which the owner of the child closes.
    """

    def __init__(self, options: ReadOptions, memory: int) -> None:
        """Start it, and wait until it is ready.

        Raises:
            NoChild: it cannot work under this limit of memory (bytes), or not be started.
        """
        # Each child is one core's worth; a linear algebra library would start threads for more.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(_BEFORE_FORKING)
        self.line, theirs = socket.socketpair()
        self.line.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _BUFFER)
        self._process = context.Process(
            target=child.serve, args=(theirs, options, memory), daemon=True
        )
        with _processes:
            self._process.start()
        theirs.close()
        if not self._is_ready():
            code = self.end()
            self.line.close()
            raise NoChild(f"no child process gets ready: it ended with exit code {code}")

    def end(self) -> int | None:
        """Kill it, if it still lives; returns its exit code."""
        with _processes:
            self._process.kill()
            self._process.join()
            return self._process.exitcode

    def _is_ready(self) -> bool:
        self.line.settimeout(_START_SECONDS)
        try:
            return self.line.recv(len(framed(READY))) == framed(READY)
        except OSError:
            return False
        finally:
            self.line.setblocking(False)
