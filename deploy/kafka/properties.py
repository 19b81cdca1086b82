"""The server.properties of the single node: broker and controller in one process, for tests."""

from pathlib import Path

MESSAGE_BYTES = 64 * 1024 * 1024


def render_properties(*, host: str, port: int, controller_port: int, data: Path) -> str:
    """Text of server.properties for one node that listens on `host` only."""
    settings: dict[str, object] = {
        "process.roles": "broker,controller",
        "node.id": 1,
        "controller.quorum.voters": f"1@{host}:{controller_port}",
        "listeners": f"PLAINTEXT://{host}:{port},CONTROLLER://{host}:{controller_port}",
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
        # One replica of everything, few partitions of what Kafka keeps for itself.
        "default.replication.factor": 1,
        "min.insync.replicas": 1,
        "offsets.topic.replication.factor": 1,
        "offsets.topic.num.partitions": 4,
        "transaction.state.log.replication.factor": 1,
        "transaction.state.log.min.isr": 1,
        "transaction.state.log.num.partitions": 4,
        "share.coordinator.state.topic.replication.factor": 1,
        "share.coordinator.state.topic.min.isr": 1,
        "share.coordinator.state.topic.num.partitions": 1,
        # No second is spent waiting for group members that will not come.
        "group.initial.rebalance.delay.ms": 0,
        # A small heap: few threads, a small buffer for compaction (the default is 128 MiB).
        "num.network.threads": 2,
        "num.io.threads": 4,
        "log.cleaner.dedupe.buffer.size": 16 * 1024 * 1024,
    }
    return "".join(f"{name}={value}\n" for name, value in settings.items())
