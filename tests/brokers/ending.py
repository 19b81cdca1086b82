"""Whether a process or a server has ended, watched from outside."""

import socket
import time
from pathlib import Path

PATIENCE = 30.0


def is_running(pid: int) -> bool:
    """Whether the process runs; one that ended and waits to be collected does not."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return stat.rpartition(")")[2].split()[0] not in {"Z", "X"}


def is_listening(bootstrap: str) -> bool:
    """Whether anything accepts connections at `host:port`."""
    host, _, port = bootstrap.rpartition(":")
    try:
        socket.create_connection((host, int(port)), timeout=1.0).close()
    except OSError:
        return False
    return True


def stops_listening(bootstrap: str) -> bool:
    """Waits until nothing accepts connections any more; False where that takes too long."""
    deadline = time.monotonic() + PATIENCE
    while is_listening(bootstrap):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
