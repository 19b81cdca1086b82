"""A deployment of a test's own: its topics, group, ports and folders on the test's broker."""

import uuid
from dataclasses import dataclass, field
from pathlib import Path

from deploy.kafka.ports import find_free_port
from service.settings import Settings
from tests.brokers.plugin import Broker

APACHE_SESSION = 6
"""Seconds until a silent worker is given up: the least that Apache Kafka allows by default."""

EMBEDDED_SESSION = 3
"""The same on the embedded broker, which also lets a group's first member wait for half of it."""


@dataclass(frozen=True)
class Deployment:
    """Names that no other test uses, as settings and as a worker's environment.

    Attributes:
        more: further settings, by name in lower case.
    """

    broker: Broker
    folder: Path
    more: dict[str, str] = field(default_factory=dict)
    name: str = field(default_factory=lambda: f"test-{uuid.uuid4().hex[:12]}")

    @property
    def settings(self) -> Settings:
        """What is in force, for clients of the test and for parts of the worker."""
        return Settings(**self._values())  # type: ignore[arg-type]

    def environment(self) -> dict[str, str]:
        """A new worker's variables: a port and a folder of its own."""
        number = uuid.uuid4().hex[:8]
        own = {
            "web_port": str(find_free_port()),
            "state_dir": str(self.folder / f"state-{number}"),
        }
        return {f"COPYDESK_{key.upper()}": value for key, value in (self._values() | own).items()}

    def _values(self) -> dict[str, str]:
        session = APACHE_SESSION if self.broker.transactions else EMBEDDED_SESSION
        return {
            "brokers": self.broker.bootstrap,
            "topic_prefix": f"{self.name}.",
            "group": self.name,
            "state_dir": str(self.folder / f"state-{self.name}"),
            "session_timeout": str(session),
            "heartbeat_interval": str(session / 6),
            **self.more,
        }
