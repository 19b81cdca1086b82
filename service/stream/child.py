"""What runs in a child process: READ of one page after another, under a memory limit, never
outliving its parent.

The fork server imports this module before it forks children, so it pulls in all that READ needs.
"""

import multiprocessing
import os
import resource
import signal
import threading
from multiprocessing.connection import Connection

from service.read import ReadOptions, read

READY = "ready"


def serve(connection: "Connection", options: ReadOptions, memory: int) -> None:
    """Answer each message that comes with its record, until the other end is closed.

    Args:
        connection: says READY first, then takes an `InputMessage` and gives a `Record` each time.
        memory: bytes of address space, after which an allocation fails.
    """
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    # Ctrl-C reaches the whole process group; the worker drains, so its children must go on.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    connection.send(READY)
    while True:
        try:
            message = connection.recv()
        except EOFError:
            return
        connection.send(read(message, options))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
