"""Free ports on the loopback interface for servers that must be told theirs in advance."""

import os
import random
import socket
import tempfile
import time
from pathlib import Path

HOST = "127.0.0.1"

USUAL = 9092
"""The port that examples and other programs expect Kafka on."""

# Below the range from which systems hand out source ports (32768 and up on Linux): a client that
# keeps calling a stopped broker there can end up connected to itself and hold the broker's port.
PORTS = range(20_000, 32_000)


# A port that was given is not given again for so long, to any process of this user: its server has
# not bound it yet, and tests start servers in several processes at once.
LEASE_SECONDS = 120.0
LEASES = Path(tempfile.gettempdir()) / f"copydesk-ports-{os.getuid()}"


def find_free_port() -> int:
    """A random port on which nothing listens right now, and that nobody else was just given."""
    for port in random.SystemRandom().sample(PORTS, k=100):
        if is_free(port) and lease(LEASES / str(port)):
            return port
    raise RuntimeError(f"no free port among 100 tried from {PORTS.start} to {PORTS.stop}")


def usual_or_free_port(usual: int = USUAL) -> int:
    """The usual port of Kafka; another free one if something listens there."""
    return usual if is_free(usual) else find_free_port()


def is_free(port: int) -> bool:
    """Whether a server could bind the port now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def lease(mark: Path) -> bool:
    """Take a mark, unless another process has it and its time is not over."""
    mark.parent.mkdir(mode=0o700, exist_ok=True)
    try:
        mark.touch(mode=0o600, exist_ok=False)
    except FileExistsError:
        try:
            age = time.time() - mark.stat().st_mtime
        except FileNotFoundError:
            return False
        if 0 <= age < LEASE_SECONDS:
            return False
        mark.unlink(missing_ok=True)
        return False
    return True
