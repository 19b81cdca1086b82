"""The records on `stories.concepts`, by which LINK knows the stories of all shards."""

from collections.abc import Iterator

from service.contract.cloud_event import schema_id
from service.contract.record import Record, Topic
from service.contract.serde import dump
from service.contract.story_concepts import CONCEPTS_SCHEMA
from service.fold.assign.decision import ForLink
from service.fold.event.origin import Origin

PARTITION = 0
"""The topic has one partition: LINK reads the stories of all shards in one order."""


def concept_records(for_link: ForLink, origin: Origin) -> Iterator[Record]:
    """Yield a record for each story of which LINK is told something, and then a tombstone for each
    that has left the window."""
    if not for_link.stories and not for_link.gone:
        return
    schema = (CONCEPTS_SCHEMA, schema_id("story-concepts").encode())
    further = {"time": origin.time, "traceparent": origin.traceparent}
    for story in for_link.stories:
        yield Record(
            topic=Topic.CONCEPTS,
            key=story.story.encode(),
            value=dump(story.model_copy(update=further)),
            headers=(schema,),
            partition=PARTITION,
        )
    for story_id in for_link.gone:
        yield Record(Topic.CONCEPTS, story_id.encode(), None, partition=PARTITION)
