"""Watching a consumer group from outside: was a member given up, or the group rebalanced?"""

import asyncio
import contextlib

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError

from tests.worker.deployment import Deployment

STABLE = "Stable"
_PAUSE = 0.5


class GroupWatch:
    """Looks twice a second; `states` and `members` are all that were seen, members by their ids.

    A member that was given up comes back under another id.
    """

    def __init__(self, deployment: Deployment) -> None:
        self.states: set[str] = set()
        self.members: set[frozenset[str]] = set()
        self.looks = 0
        self._deployment = deployment
        self._task = asyncio.create_task(self._watch())

    async def close(self) -> None:
        """Stop looking."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    @property
    def is_calm(self) -> bool:
        """Whether the same members were there at every look, and nothing was rebalanced."""
        return self.looks > 0 and self.states == {STABLE} and len(self.members) == 1

    async def _watch(self) -> None:
        settings = self._deployment.settings
        admin = AIOKafkaAdminClient(bootstrap_servers=settings.brokers)
        await admin.start()
        try:
            while True:
                with contextlib.suppress(KafkaError, TimeoutError):
                    (answer,) = await admin.describe_consumer_groups([settings.group])
                    for _, _, state, _, _, members, *_ in answer.groups:
                        self.looks += 1
                        self.states.add(state)
                        self.members.add(frozenset(member[0] for member in members))
                await asyncio.sleep(_PAUSE)
        finally:
            await admin.close()
