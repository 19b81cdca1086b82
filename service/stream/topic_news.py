"""Waiting until every broker knows a topic: creation answers when the controller knows it.

A broker that has not heard of it yet tells a client that there is none, and a reader without a
group then ends with that. The broker whose answer is asked for is any of them, so all must know.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection

from aiokafka.client import AIOKafkaClient
from aiokafka.errors import KafkaError
from aiokafka.protocol.metadata import MetadataRequest

from service.settings import Settings
from service.stream.connection import client_options

_PATIENCE = 30.0
_PAUSE = 0.05


class NewsTooSlow(TimeoutError):
    """A broker still does not know topics that were created; says which broker and which."""


async def known_to_all(names: Collection[str], settings: Settings) -> None:
    """Wait until every broker that answers knows these topics, with a leader of each partition.

    Raises:
        KafkaError: no broker can be reached.
        NewsTooSlow: 30 s were not enough.
    """
    client = AIOKafkaClient(**client_options(settings))
    await client.bootstrap()

    async def ask(node: int) -> set[str]:
        # Asked for all topics, since a broker may create the one it is asked for by name.
        answer = await client.send(node, MetadataRequest(None))
        return {
            topic["topic"]
            for topic in answer.to_object()["topics"]
            if not topic["error_code"] and all(each["leader"] >= 0 for each in topic["partitions"])
        }

    try:
        nodes = [broker.nodeId for broker in client.cluster.brokers()]
        ready = [node for node in nodes if await client.ready(node)]
        await until_all_know(names, ready, ask, _PATIENCE)
    finally:
        await client.close()


async def until_all_know(
    names: Collection[str],
    nodes: Collection[int],
    ask: Callable[[int], Awaitable[set[str]]],
    patience: float,
) -> None:
    """Ask each node what it knows until these names are among it, for `patience` seconds each.

    Raises:
        NewsTooSlow: a node answers, but does not know all of them in time.
    """
    for node in nodes:
        unknown = set(names)
        try:
            async with asyncio.timeout(patience):
                while True:
                    unknown -= await ask(node)
                    if not unknown:
                        break
                    await asyncio.sleep(_PAUSE)
        except KafkaError:
            continue  # what does not answer misleads nobody
        except TimeoutError as error:
            what = ", ".join(sorted(unknown))
            raise NewsTooSlow(f"broker {node} does not know {what}") from error
