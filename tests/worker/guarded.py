"""An Apache Kafka that asks who comes, and deployments on it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.protocol.admin import CreateAclsRequest, DeleteAclsRequest

from deploy.kafka.guard import Guard
from deploy.kafka.node import KafkaNode
from tests.brokers.plugin import Broker
from tests.worker.certificates import Authority, Identity
from tests.worker.deployment import Deployment

USER = "desk"
PASSWORD = "Pa55-w0rd+of/the=desk"
ROOT = Path(__file__).resolve().parents[2]

# As the protocol numbers them.
_KINDS = {"Topic": 2, "Group": 3, "TransactionalId": 5}
_OPERATIONS = {"Read": 3, "Write": 4, "Create": 5, "Describe": 8}
_LITERAL, _PREFIXED, _ALLOW = 3, 4, 3

Right = tuple[str, str, str]
"""A kind of resource, its name or the beginning of it (with `*`), and an operation."""


@dataclass(frozen=True)
class GuardedKafka:
    """The node, whom it trusts, and a client's certificate."""

    node: KafkaNode
    guard: Guard
    authority: Authority
    client: Identity

    def deployment(self, folder: Path, protocol: str, **more: str) -> Deployment:
        """A deployment whose worker comes by this protocol, as `USER`, and is let in."""
        own = {"brokers": self.guard.bootstrap(protocol), "security_protocol": protocol}
        if protocol.startswith("SASL"):
            own |= {"sasl_username": USER, "sasl_password": PASSWORD}
        if protocol.endswith("SSL"):
            own["ssl_cafile"] = str(self.authority.file)
        if protocol == "SSL":
            own["ssl_certfile"] = str(self.client.certificate)
            own["ssl_keyfile"] = str(self.client.key)
        return Deployment(Broker(self.node.bootstrap, transactions=True), folder, {**own, **more})

    def open_view(self, deployment: Deployment) -> Deployment:
        """The same deployment as the test's own clients see it: through the open listener."""
        return Deployment(deployment.broker, deployment.folder, {}, deployment.name)

    async def allow(self, principal: str, rights: list[Right]) -> None:
        """Give rights to a user."""
        for answer in await self._ask(CreateAclsRequest, principal, rights):
            assert [code for code, _ in answer.creation_responses] == [0], answer

    async def withdraw(self, principal: str, rights: list[Right]) -> None:
        """Take rights that were given."""
        for answer in await self._ask(DeleteAclsRequest, principal, rights):
            assert [(code, len(met)) for code, _, met in answer.filter_responses] == [(0, 1)], (
                answer
            )

    async def _ask(self, request: Any, principal: str, rights: list[Right]) -> list[Any]:
        admin = AIOKafkaAdminClient(bootstrap_servers=self.node.bootstrap)
        await admin.start()
        try:
            return [
                await admin._send_to_controller(
                    request(
                        _KINDS[kind],
                        name.removesuffix("*"),
                        _PREFIXED if name.endswith("*") else _LITERAL,
                        f"User:{principal}",
                        "*",
                        _OPERATIONS[operation],
                        _ALLOW,
                    )
                )
                for kind, name, operation in rights
            ]
        finally:
            await admin.close()


def guarded_kafka(folder: Path) -> Iterator[GuardedKafka]:
    """Start a node; stops it at the end."""
    authority = Authority(folder, "authority")
    server = authority.issue("kafka")
    guard = Guard(authority.file, server.both, {USER: PASSWORD})
    with KafkaNode(guard=guard) as node:
        yield GuardedKafka(node, guard, authority, authority.issue(USER))


def rights_of(command: str, deployment: Deployment) -> list[Right]:
    """The rights that `deploy/SECURITY.md` lists for a command, for this deployment's names."""
    text = (ROOT / "deploy" / "SECURITY.md").read_text()
    rows = re.findall(r"^\| `([^`|]+)` \| (\w+) \| `([^`|]+)` \| ([\w, ]+) \|$", text, re.M)
    names = {"PREFIX": f"{deployment.name}.", "GROUP": deployment.name}
    found = [
        (kind, re.sub("PREFIX|GROUP", lambda each: names[each[0]], name), operation)
        for who, kind, name, operations in rows
        if who == command
        for operation in operations.split(", ")
    ]
    assert found, f"deploy/SECURITY.md lists no rights of {command}"
    return found
