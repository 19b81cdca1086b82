"""A record on its way to a topic, free of any client library."""

from dataclasses import dataclass, field

from service.events.topics import Topic

Headers = tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, slots=True)
class Record:
    """What is to be written. `partition` None leaves the choice to the key's hash; `timestamp`
    (milliseconds since the epoch) None leaves it to the producer."""

    topic: Topic
    key: bytes | None
    value: bytes | None
    headers: Headers = field(default=())
    partition: int | None = None
    timestamp: int | None = None
