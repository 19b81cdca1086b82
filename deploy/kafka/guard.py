"""Listeners that ask who comes, beside the open one: TLS, SASL over TLS, SASL in the clear."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from deploy.kafka.ports import HOST, find_free_port

MECHANISMS = ("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512")

_PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule"
_SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule"


@dataclass(frozen=True)
class Guard:
    """What a node is to ask for, in tests.

    Whoever comes through the open listener is nobody, and may do everything. Others may do what
    access control lists say, and nothing without.

    Attributes:
        authority: PEM file of the authority whose clients are let in.
        certificate: PEM file of the node's key (PKCS 8) and certificates.
        users: passwords by name.
    """

    authority: Path
    certificate: Path
    users: Mapping[str, str]
    ports: Mapping[str, int] = field(
        default_factory=lambda: {
            name: find_free_port() for name in ("SSL", "SASL_SSL", "SASL_PLAINTEXT")
        }
    )

    def bootstrap(self, protocol: str) -> str:
        """Where the listener of a protocol is."""
        return f"{HOST}:{self.ports[protocol]}"

    def listeners(self) -> str:
        """As `listeners` takes them."""
        return ",".join(f"{name}://{HOST}:{port}" for name, port in self.ports.items())

    def properties(self) -> dict[str, object]:
        """Further lines of server.properties."""
        named = {"PLAINTEXT": "PLAINTEXT", "CONTROLLER": "PLAINTEXT", **{n: n for n in self.ports}}
        made: dict[str, object] = {
            "listener.security.protocol.map": ",".join(f"{k}:{v}" for k, v in named.items()),
            "ssl.keystore.type": "PEM",
            "ssl.keystore.location": self.certificate,
            "ssl.truststore.type": "PEM",
            "ssl.truststore.location": self.authority,
            "listener.name.ssl.ssl.client.auth": "required",
            "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
            "super.users": "User:ANONYMOUS",
        }
        known = " ".join(f'user_{name}="{word}"' for name, word in self.users.items())
        for listener in ("sasl_ssl", "sasl_plaintext"):
            prefix = f"listener.name.{listener}"
            made[f"{prefix}.sasl.enabled.mechanisms"] = ",".join(MECHANISMS)
            made[f"{prefix}.plain.sasl.jaas.config"] = f"{_PLAIN} required {known};"
            for mechanism in MECHANISMS[1:]:
                made[f"{prefix}.{mechanism.lower()}.sasl.jaas.config"] = f"{_SCRAM} required;"
        return made

    def format_arguments(self) -> list[str]:
        """What the storage's format is told: SCRAM's users live in the cluster's metadata."""
        return [
            part
            for name, word in self.users.items()
            for mechanism in MECHANISMS[1:]
            for part in ("--add-scram", f"{mechanism}=[name={name},password={word}]")
        ]
