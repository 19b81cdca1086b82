"""Free ports on the loopback interface for servers that must be told theirs in advance."""

import random
import socket

HOST = "127.0.0.1"

# Below the range from which systems hand out source ports (32768 and up on Linux): a client that
# keeps calling a stopped broker there can end up connected to itself and hold the broker's port.
PORTS = range(20_000, 32_000)


def find_free_port() -> int:
    """A random port on which nothing listens right now."""
    for port in random.SystemRandom().sample(PORTS, k=100):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return port
    raise RuntimeError(f"no free port among 100 tried from {PORTS.start} to {PORTS.stop}")
