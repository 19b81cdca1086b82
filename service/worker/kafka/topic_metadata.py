"""Waits until every broker has a topic's metadata: creation returns once the controller has it.

A broker without the metadata answers that the topic does not exist, and a consumer without a group
then fails. A client may ask any of the brokers, so all of them must have it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection

from aiokafka.errors import KafkaError

from service.settings import Settings
from service.worker.kafka.aiokafka_internals import BrokerMetadata
from service.worker.kafka.clients import client_options

_PATIENCE = 30.0
_PAUSE = 0.05


class MetadataTooSlow(TimeoutError):
    """A broker has no metadata of topics that were created; names the broker and the topics."""


async def wait_for_metadata(names: Collection[str], settings: Settings) -> None:
    """Wait until every broker that answers has these topics, with a leader for each partition.

    Raises:
        KafkaError: no broker can be reached.
        MetadataTooSlow: a broker did not have them within 30 s.
    """
    async with BrokerMetadata(client_options(settings)) as metadata:
        await until_all_know(names, await metadata.brokers(), metadata.topics, _PATIENCE)


async def until_all_know(
    names: Collection[str],
    nodes: Collection[int],
    ask: Callable[[int], Awaitable[set[str]]],
    patience: float,
) -> None:
    """Poll each node until it has these topics, for `patience` seconds each.

    Raises:
        MetadataTooSlow: a node answers, but does not have all of them in time.
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
            continue  # a broker that does not answer cannot mislead a client
        except TimeoutError as error:
            what = ", ".join(sorted(unknown))
            raise MetadataTooSlow(f"broker {node} does not know {what}") from error
