"""A node's place in a cluster: its number, its controller's port, and what all of them share."""

import base64
import uuid
from dataclasses import dataclass

from deploy.kafka.ports import HOST, find_free_port


def new_cluster_id() -> str:
    """An id as Kafka makes them: 16 random bytes in URL-safe base64."""
    return base64.urlsafe_b64encode(uuid.uuid4().bytes).rstrip(b"=").decode()


@dataclass(frozen=True, slots=True)
class Seat:
    """One node's.

    Attributes:
        voters: all controllers, as `controller.quorum.voters` takes them.
        replicas: of every topic that does not say, and of Kafka's own.
        in_sync: of those, how many must have a record before it counts as written.
    """

    node_id: int
    controller_port: int
    voters: str
    cluster_id: str
    replicas: int = 1
    in_sync: int = 1


def single_seat() -> Seat:
    """The seat of a node that is alone."""
    port = find_free_port()
    return Seat(1, port, f"1@{HOST}:{port}", new_cluster_id())


def seats_for(count: int) -> list[Seat]:
    """Seats of nodes that replicate to all: a write counts when all but one have it."""
    ports: set[int] = set()
    while len(ports) < count:
        ports.add(find_free_port())
    numbered = dict(enumerate(sorted(ports), start=1))
    voters = ",".join(f"{number}@{HOST}:{port}" for number, port in numbered.items())
    cluster = new_cluster_id()
    return [
        Seat(number, port, voters, cluster, replicas=count, in_sync=max(count - 1, 1))
        for number, port in numbered.items()
    ]
