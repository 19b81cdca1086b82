"""Main loop of a child process: runs READ on one page after another, under a memory limit, and ends
with its parent.

The fork server imports this module before it forks children, so it imports all that READ needs.
"""

import multiprocessing
import os
import resource
import signal
import socket
import threading
import time

from service.read.stage import ReadOptions, read
from service.sandbox.frames import (
    LOADING,
    READY,
    Frames,
    framed,
    pack_loaded,
    pack_record,
    unpack_message,
)
from service.text.loading import listen

_RECEIVED_AT_ONCE = 256 * 1024


def serve(line: socket.socket, options: ReadOptions, memory: int) -> None:
    """Read each page received and send back its record, in order, until the worker closes its end.

    A page is answered before the next is started, so the page that breaks a child is always its
    first unanswered one.

    Args:
        line: socket to the worker. READY is sent first, then one record for each page received,
            each in a frame.
        memory: limit of the address space in bytes; an allocation beyond it fails.
    """
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    # Ctrl-C reaches the whole process group; the worker drains, so its children must go on.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    line.sendall(framed(READY))
    listen(_Loads(line).report)
    frames = Frames()
    while data := line.recv(_RECEIVED_AT_ONCE):
        for packed in frames.feed(data):
            line.sendall(framed(pack_record(read(unpack_message(packed), options))))


class _Loads:
    """Reports to the worker while a table is loaded: that time is not the page's."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self._processor = self._wall = 0.0

    def report(self, begins: bool) -> None:
        processor, wall = time.process_time(), time.monotonic()
        if begins:
            self._processor, self._wall = processor, wall
            self._line.sendall(framed(LOADING))
        else:
            took = pack_loaded(processor - self._processor, wall - self._wall)
            self._line.sendall(framed(took))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
