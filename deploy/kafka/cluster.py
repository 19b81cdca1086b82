"""Several Apache Kafka nodes that replicate to each other, for tests of what one's loss does."""

from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Self

from deploy.kafka.node import KafkaNode
from deploy.kafka.seat import seats_for

_READY_SECONDS = 180.0


class KafkaCluster:
    """Nodes on 127.0.0.1, broker and controller each; any may be stopped, killed, started again.

    Use it as a context manager. Every topic has a replica on every node unless it says otherwise,
    and a write with acks=all needs all but one of them.
    """

    def __init__(self, count: int = 3, *, heap_mib: int = 384) -> None:
        self.nodes = [KafkaNode(seat=seat, heap_mib=heap_mib) for seat in seats_for(count)]

    @property
    def bootstrap(self) -> str:
        """Addresses for clients, parted by commas."""
        return ",".join(node.bootstrap for node in self.nodes)

    def __enter__(self) -> Self:
        # A node serves clients only once most of the controllers are there: all start together.
        try:
            with ThreadPoolExecutor(len(self.nodes)) as threads:
                for started in [threads.submit(n.start, _READY_SECONDS) for n in self.nodes]:
                    started.result()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Kill all nodes and remove their folders: in order, the last would wait for the others."""
        for node in self.nodes:
            node.kill()
            node.close()
