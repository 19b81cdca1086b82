"""What FOLD tells of stories, on `stories.concepts`, and what LINK said of them."""

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache

from aiokafka import AIOKafkaProducer

from service.contract.cloud_event import schema_id
from service.contract.record import Record, Topic
from service.contract.serde import dump
from service.contract.story_concepts import CONCEPTS_SCHEMA, StoryConcepts
from service.contract.translations import is_translations
from service.link.linker import Linker
from service.link.stage import link_batch
from service.settings import Settings
from service.text.concepts.packed import pack_concepts
from service.worker.kafka.topics import topic_name
from tests.fold.languages.pairs import Form, stories
from tests.link.records import MOST, messages, withdrawn
from tests.link.texts import as_story
from tests.worker.deployment import Deployment
from tests.worker.faust_events import Event, Message
from tests.worker.topics_reader import Seen

SCHEMA = ((CONCEPTS_SCHEMA, schema_id("story-concepts").encode()),)

_AT_A_TIME = 8
_BEGIN = datetime(2026, 3, 1, 9, tzinfo=UTC)

Told = StoryConcepts | str
"""A story, or the id of one that has left FOLD's window."""


def told_stories(count: int, seed: int) -> list[Told]:
    """What FOLD tells in a while, by chance: stories of one event in several languages, some again,
    some withdrawn, some gone."""
    chance = random.Random(seed)
    known: dict[str, StoryConcepts] = {}
    told: list[Told] = []
    while len(told) < count:
        deed = chance.choice(("new", "again", "withdrawn", "gone"))
        if len(known) < _AT_A_TIME or not known:
            each = _story(chance.choice(("de", "es", "fr", "pt")), len(told))
            known[each.story] = each
        else:
            each = known[chance.choice(sorted(known))]
        # The time makes each event another one, as in life.
        each = each.model_copy(update={"time": f"{_BEGIN + timedelta(seconds=len(told))}"})
        if deed == "again":
            each = each.model_copy(update={"headline": f"Headline {len(told)}"})
        elif deed == "withdrawn":
            each = withdrawn(each)
        elif deed == "gone":
            del known[each.story]
        told.append(each.story if deed == "gone" else each)
    return told


def _story(language: str, number: int) -> StoryConcepts:
    return StoryConcepts(
        story=f"{language}/{number}",
        language=language,
        headline=f"Headline {number}",
        uri=f"uri of {number}",
        url=f"https://{language}.example/{number}",
        host=f"{language}.example",
        concepts=_concepts(language),
    )


@cache
def _concepts(language: str) -> str:
    (text,) = (
        forms[Form.STORY] for forms in stories(language) if forms[Form.STORY].event == "ferry"
    )
    return pack_concepts(as_story(text).concepts)


def events_of(told: Sequence[Told], settings: Settings, first: int = 0) -> list[Event]:
    """Stories as Faust hands them over, from an offset on."""
    name = topic_name(Topic.CONCEPTS, settings)
    return [
        Event(
            Message(
                each.value, each.source.offset, name, key=each.key, headers=SCHEMA, timestamp=1.7e9
            )
        )
        for each in messages(told, first)
    ]


async def tell(deployment: Deployment, told: Sequence[Told]) -> None:
    """Write stories to `stories.concepts`; returns when the broker has all."""
    name = topic_name(Topic.CONCEPTS, deployment.settings)
    producer = AIOKafkaProducer(bootstrap_servers=deployment.settings.brokers, acks="all")
    await producer.start()
    try:
        for each in told:
            gone = isinstance(each, str)
            key = each if isinstance(each, str) else each.story
            value = None if isinstance(each, str) else dump(each)
            headers = [] if gone else list(SCHEMA)
            await producer.send_and_wait(name, value, key.encode(), headers=headers)
    finally:
        await producer.stop()


def undisturbed(told: Sequence[Told]) -> list[Record]:
    """The events of a LINK that nothing happens to."""
    made = link_batch(messages(told), Linker(MOST))
    return [record for records in made for record in records if is_translations(record)]


def by_story(events: Iterable[Record | Seen]) -> dict[bytes, list[bytes]]:
    """The values of events in their order, by key."""
    found: dict[bytes, list[bytes]] = defaultdict(list)
    for event in events:
        found[event.key or b""].append(event.value or b"")
    return dict(found)


def once(seen: Iterable[Seen]) -> list[Seen]:
    """Each event once, where it came first."""
    by_id: dict[str | None, Seen] = {}
    for record in seen:
        by_id.setdefault(record.id, record)
    return list(by_id.values())
