"""Faults: a topic that copydesk writes to is gone, may not be written, or takes no large records.

Whatever it is, the worker ends with an exit code and says which topic it was: no page is skipped,
and no offset moves past one. When the topic is as it should be, the next worker goes on.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from service.contract.record import Topic
from service.worker.kafka.topics import topic_name
from tests.faults.result import Result
from tests.faults.stage import Stage
from tests.faults.topic_config import set_config

END_SECONDS = 90.0

Change = Callable[[Stage], Awaitable[None]]


@dataclass(frozen=True)
class Refusal:
    """One way to refuse, and how it is mended."""

    topic: Topic
    begin: Change
    mend: Change


def too_small(topic: Topic, octets: int = 1500) -> Refusal:
    """The topic takes records of so many bytes only."""

    async def begin(stage: Stage) -> None:
        await set_config(stage.deployment.settings, topic, max_message_bytes=str(octets))

    async def mend(stage: Stage) -> None:
        await set_config(stage.deployment.settings, topic)

    return Refusal(topic, begin, mend)


async def refuse(stage: Stage, refusal: Refusal, *, pages: int) -> Result:
    """One worker on an entered stage; the topic refuses in the middle, and is mended."""
    (hand,) = await stage.crew.start(1)
    await stage.feed(pages)
    await stage.drained()
    await refusal.begin(stage)
    stage.hurt()
    await stage.feed(pages)
    code = await asyncio.to_thread(hand.wait, END_SECONDS)
    said = hand.log.read_text()
    await refusal.mend(stage)
    hand.launch()
    result = await stage.result()
    promise = "a topic that refuses ends the worker with a clear error"
    if code == 0:
        result.verdict.accuse(promise, "exit code 0")
    if topic_name(refusal.topic, stage.deployment.settings) not in said:
        result.verdict.accuse(promise, f"the topic is not named:\n{hand.log_tail(8)}")
    result.notes.append(f"exit code {code}")
    return result
