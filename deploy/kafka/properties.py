"""The server.properties of a node: broker and controller in one process, for tests."""

from pathlib import Path

from deploy.kafka.guard import Guard
from deploy.kafka.seat import Seat

MESSAGE_BYTES = 64 * 1024 * 1024


def render_properties(
    *, host: str, port: int, seat: Seat, data: Path, guard: Guard | None = None
) -> str:
    """Text of server.properties for one node that listens on `host` only."""
    replicas, in_sync = seat.replicas, seat.in_sync
    settings: dict[str, object] = {
        "process.roles": "broker,controller",
        "node.id": seat.node_id,
        "controller.quorum.voters": seat.voters,
        "listeners": f"PLAINTEXT://{host}:{port},CONTROLLER://{host}:{seat.controller_port}",
        "advertised.listeners": f"PLAINTEXT://{host}:{port}",
        "controller.listener.names": "CONTROLLER",
        "inter.broker.listener.name": "PLAINTEXT",
        "log.dirs": data,
        # Topics are declared, never born from a typo.
        "auto.create.topics.enable": "false",
        "message.max.bytes": MESSAGE_BYTES,
        "socket.request.max.bytes": 2 * MESSAGE_BYTES,
        # Test records carry the times of old pages and must outlive them.
        "log.retention.ms": -1,
        # Few partitions of what Kafka keeps for itself.
        "default.replication.factor": replicas,
        "min.insync.replicas": in_sync,
        "offsets.topic.replication.factor": replicas,
        "offsets.topic.num.partitions": 4,
        "transaction.state.log.replication.factor": replicas,
        "transaction.state.log.min.isr": in_sync,
        "transaction.state.log.num.partitions": 4,
        "share.coordinator.state.topic.replication.factor": replicas,
        "share.coordinator.state.topic.min.isr": in_sync,
        "share.coordinator.state.topic.num.partitions": 1,
        # No second is spent waiting for group members that will not come.
        "group.initial.rebalance.delay.ms": 0,
        # A small heap: few threads, a small buffer for compaction (the default is 128 MiB).
        "num.network.threads": 2,
        "num.io.threads": 4,
        "log.cleaner.dedupe.buffer.size": 16 * 1024 * 1024,
    }
    if guard is not None:
        for name in ("listeners", "advertised.listeners"):
            settings[name] = f"{settings[name]},{guard.listeners()}"
        settings |= guard.properties()
    return "".join(f"{name}={value}\n" for name, value in settings.items())
