"""A child process as the worker holds it: started, given a page, killed."""

import multiprocessing
import os
import threading
from typing import Any

from service.events.input_message import InputMessage
from service.events.record import Record
from service.read import ReadOptions
from service.stream import child

_START_SECONDS = 60.0
_BEFORE_FORKING = ["service.stream.child", "service.stream.warm_up"]

# Two threads that ask after the same ended process would read its exit code only once.
_processes = threading.Lock()


class ChildTimeout(Exception):
    """The page was not read in time; the child was killed."""


class ChildDied(Exception):
    """The child ended before it answered; `idle` tells that it had ended before it was asked."""

    def __init__(self, exit_code: int | None, *, idle: bool) -> None:
        super().__init__(f"the child process ended with exit code {exit_code}")
        self.idle = idle


class NoChild(RuntimeError):
    """A child did not get ready: it cannot work under its limits, or was ended as it started."""


class ChildProcess:
    """One child. Its pipe is its own, so that no other can block or garble what it writes.

    Blocks: one thread at a time may have it read, any may end it. `pages` counts what it was given.
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
        self.pages = 0
        self._connection, theirs = context.Pipe()
        self._process = context.Process(
            target=child.serve, args=(theirs, options, memory), daemon=True
        )
        with _processes:
            self._process.start()
        theirs.close()
        try:
            self._receive(_START_SECONDS)
        except (ChildDied, ChildTimeout) as error:
            raise NoChild(f"no child process gets ready: {error}") from error

    def read(self, message: InputMessage, seconds: float) -> Record:
        """The record that READ makes of the message.

        Raises:
            ChildTimeout: it took longer.
            ChildDied: the child has ended.
        """
        self.pages += 1
        try:
            self._connection.send(message)
        except OSError as error:
            raise ChildDied(self.end(), idle=True) from error
        record: Record = self._receive(seconds)
        return record

    def end(self) -> int | None:
        """Kill it, if it still lives; returns its exit code."""
        with _processes:
            self._process.kill()
            self._process.join()
            return self._process.exitcode

    def _receive(self, seconds: float) -> Any:
        try:
            if self._connection.poll(seconds):
                return self._connection.recv()
        except (EOFError, OSError) as error:
            raise ChildDied(self.end(), idle=False) from error
        self.end()
        raise ChildTimeout(f"no answer within {seconds:g} s")
