"""Events for subscriptions, and how they come onto their topics."""

from collections.abc import Sequence

from service.contract.record import Record
from service.contract.serde import load_json
from service.contract.story import Relation
from service.desk.ingest.record import Arrived
from service.worker.kafka.producers import make_producer, send
from tests.desk.records import article
from tests.worker.deployment import Deployment

SPUN = tuple(
    article(
        f"https://site-{number}.example/{story}", story, relation=Relation.SPUN, sequence=number
    )
    for story in ("bridge", "tunnel", "ferry")
    for number in range(1, 3)
)
"""Two spun copies of each of three stories, a story after the other."""

OTHERS = (article("https://wire.example/bridge"), article("https://wire.example/tunnel", "tunnel"))
"""Originals, which no query for spun copies finds."""


async def write(deployment: Deployment, events: Sequence[Arrived]) -> None:
    """Put events on their topics, with the attributes that every event has."""
    producer = make_producer(deployment.settings)
    await producer.start()
    try:
        for each in events:
            value = load_json(each.value or b"")
            story = value["copydesk"]["story"]["id"] if "copydesk" in value else value["id"]
            headers = (*each.headers, ("ce_specversion", b"1.0"), ("ce_source", b"urn:copydesk"))
            record = Record(each.topic, story.encode(), each.value, headers)
            await (await send(producer, record, deployment.settings))
    finally:
        await producer.stop()
