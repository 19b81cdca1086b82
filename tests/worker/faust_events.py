"""Events as Faust hands them over, for steps that are driven without Faust."""

import asyncio
from dataclasses import dataclass, field


@dataclass
class Message:
    """What Faust hands over of a record."""

    value: bytes | None
    offset: int
    topic: str
    partition: int = 0
    key: bytes | None = None
    headers: tuple[tuple[str, bytes], ...] = ()
    timestamp: float | None = None


@dataclass
class Event:
    """An event whose acknowledgement can be seen."""

    message: Message
    acknowledged: asyncio.Event = field(default_factory=asyncio.Event)

    def ack(self) -> None:
        self.acknowledged.set()
