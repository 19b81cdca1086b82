"""What runs in a child process: READ of one page after another, under a memory limit, never
outliving its parent.

The fork server imports this module before it forks children, so it pulls in all that READ needs.
"""

import multiprocessing
import os
import resource
import signal
import socket
import threading

from service.read import ReadOptions, read
from service.stream.child_messages import (
    READY,
    Frames,
    framed,
    pack_record,
    unpack_message,
)

_RECEIVED_AT_ONCE = 256 * 1024


def serve(line: socket.socket, options: ReadOptions, memory: int) -> None:
    """Answer each page that comes with its record, in order, until the other end is closed.

    A page is answered before the next is begun: so the one that breaks a child is always the first
    that it has not answered.

    Args:
        line: says READY first, then takes a page in each frame and gives a record each time.
        memory: bytes of address space, after which an allocation fails.
    """
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    # Ctrl-C reaches the whole process group; the worker drains, so its children must go on.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    line.sendall(framed(READY))
    frames = Frames()
    while data := line.recv(_RECEIVED_AT_ONCE):
        for packed in frames.feed(data):
            line.sendall(framed(pack_record(read(unpack_message(packed), options))))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
