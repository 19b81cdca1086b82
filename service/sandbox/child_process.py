"""Starts and kills one child process; messages go through `child_link.py`."""

import multiprocessing
import os
import socket
import threading

from service.read.stage import ReadOptions
from service.sandbox import child
from service.sandbox.frames import READY, framed

_START_SECONDS = 60.0
_BEFORE_FORKING = ["service.sandbox.child", "service.sandbox.warm_up"]
_FOR_CONCEPTS = "service.sandbox.warm_up_concepts"

_BUFFER = 1024 * 1024
"""Send buffer in bytes, for the next page while the child reads another; the kernel may grant less.
"""

# If two threads wait for the same process, only one of them gets its exit code.
_processes = threading.Lock()


class NoChild(RuntimeError):
    """A child did not become ready: it cannot work within its limits, or was killed at start."""


class ChildProcess:
    """One child process. It has a socket of its own, so that no other child can block or garble
    its messages.

    The methods block: call them in a thread.

    Attributes:
        line: the worker's end of the socket; the owner of the child closes it.
        pid: the process id.
    """

    def __init__(self, options: ReadOptions, memory: int) -> None:
        """Start the process, and wait until it is ready.

        Raises:
            NoChild: it cannot work within `memory` (bytes), or cannot be started.
        """
        # A child should use one core; a linear algebra library would start threads for more.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        context = multiprocessing.get_context("forkserver")
        first = [_FOR_CONCEPTS] if options.concepts else []
        context.set_forkserver_preload([*first, *_BEFORE_FORKING])
        self.line, theirs = socket.socketpair()
        self.line.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _BUFFER)
        self._process = context.Process(
            target=child.serve, args=(theirs, options, memory), daemon=True
        )
        with _processes:
            self._process.start()
        theirs.close()
        assert self._process.pid is not None
        self.pid = self._process.pid
        if not self._is_ready():
            code = self.end()
            self.line.close()
            raise NoChild(f"no child process gets ready: it ended with exit code {code}")

    def end(self) -> int | None:
        """Kill the process if it still runs; return its exit code."""
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
