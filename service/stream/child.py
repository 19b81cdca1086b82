"""What runs in a child process: READ of one page, under a memory limit, never outliving its parent.

The fork server imports this module before it forks children, so it pulls in all that READ needs.
"""

import multiprocessing
import os
import resource
import signal
import threading

from service.events.input_message import InputMessage
from service.events.record import Record
from service.read import DEFAULT_OPTIONS, ReadOptions, read

_options = DEFAULT_OPTIONS


def prepare(options: ReadOptions, memory: int) -> None:
    """Make this process a child: called once, before its first page.

    Args:
        memory: bytes of address space, after which an allocation fails.
    """
    global _options
    _options = options
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    # Ctrl-C reaches the whole process group; the worker drains, so its children must go on.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def read_page_record(message: InputMessage) -> Record:
    """READ, in this child."""
    return read(message, _options)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
