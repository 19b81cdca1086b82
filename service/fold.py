"""FOLD: one extracted article in, the records out that its placing makes."""

from collections.abc import Iterable, Iterator, Sequence

from service.events.cloud_event import cloud_headers
from service.events.contract_version import schema_id
from service.events.extracted import Extracted
from service.events.failure import failure_record
from service.events.fold_record import ARTICLE_PREFIX, STORY_PREFIX
from service.events.identity import digest, event_id
from service.events.input_message import InputMessage
from service.events.model import Model
from service.events.outcome import FailureReason, RejectionReason
from service.events.placement import Relation
from service.events.record import Record
from service.events.rejection import Rejection
from service.events.rejection_record import rejection_record
from service.events.serde import UndecodableValue, dump, load
from service.events.story_state import StoryState
from service.events.topics import Topic
from service.present import present, present_takedown
from service.story.coming import TOGETHER
from service.story.decision import Placed, Repeat, Saved, Unchanged
from service.story.known import KnownArticle
from service.story.shard import Shard

PUBLISHED = "copydesk.article.published"
COPIED = "copydesk.article.copied"
REVISED = "copydesk.article.revised"
WITHDRAWN = "copydesk.article.withdrawn"
STORY_CHANGED = "copydesk.story.changed"

_REVISIONS = (Relation.UPDATE, Relation.CORRECTION)


def fold(message: InputMessage, shard: Shard, number: int) -> list[Record]:
    """Place the article that a record on `articles.extracted` carries.

    Args:
        message: the record.
        shard: the shard's memory; it is changed.
        number: the shard's partition, where its memory is written.

    Returns:
        Events and state, in the order to be written; nothing for a repeat.

    Raises:
        Exception: a fault of ours; the shard's memory may be half changed. See `unfolded`.
    """
    return _folded(message, _read(message), shard, number)


def fold_batch(
    messages: Sequence[InputMessage], shard: Shard, number: int
) -> Iterator[list[Record]]:
    """As `fold`, of one message after the other; what takes less work for several is done for
    several at once."""
    for first in range(0, len(messages), TOGETHER):
        batch = messages[first : first + TOGETHER]
        read = list(map(_read, batch))
        shard.foresee([each for each in read if isinstance(each, Extracted)])
        for message, each in zip(batch, read, strict=True):
            yield _folded(message, each, shard, number)


def _read(message: InputMessage) -> Extracted | UndecodableValue:
    try:
        return load(Extracted, message.value or b"")
    except UndecodableValue as error:
        return error


def _folded(
    message: InputMessage, extracted: Extracted | UndecodableValue, shard: Shard, number: int
) -> list[Record]:
    if isinstance(extracted, UndecodableValue):
        return [unfolded(message, FailureReason.UNDECODABLE, extracted)]
    decision = shard.place(extracted)
    if isinstance(decision, Repeat):
        return []
    if isinstance(decision, Unchanged):
        return [_unchanged(extracted), *_state(decision.saved, number)]
    return [
        _article(extracted, decision),
        *(_takedown(extracted, decision, known) for known in decision.taken_down),
        *(_story(extracted, state) for state in decision.stories),
        *_state(decision.saved, number),
    ]


def unfolded(message: InputMessage, reason: FailureReason, error: Exception) -> Record:
    """The dead letter of an article that could not be placed."""
    return failure_record(
        message, stage="fold", reason=reason, error=type(error).__name__, detail=str(error)
    )


def _article(extracted: Extracted, placed: Placed) -> Record:
    article, placement = extracted.article, placed.placement
    story = placed.stories[0]
    if placed.withdrawn:
        kind = WITHDRAWN
    elif placed.version > 1 or placement.relation in _REVISIONS:
        kind = REVISED
    elif placement.relation is Relation.ORIGINAL:
        kind = PUBLISHED
    else:
        kind = COPIED
    identity = event_id(
        article.uri, article.content_hash, story.id, placement.relation.value, str(placed.version)
    )
    return _event(Topic.ARTICLES, story.id, present(extracted, placed), identity, kind, extracted)


def _takedown(extracted: Extracted, placed: Placed, known: KnownArticle) -> Record:
    identity = event_id(known.uri, known.content_hash, known.story_id, "taken down")
    event = present_takedown(known, placed.placement)
    return _event(Topic.ARTICLES, known.story_id, event, identity, WITHDRAWN, extracted)


def _story(extracted: Extracted, state: StoryState) -> Record:
    identity = event_id(state.id, digest(dump(state).decode()))
    return _event(Topic.STORIES, state.id, state, identity, STORY_CHANGED, extracted)


def _event(
    topic: Topic, story_id: str, value: Model, identity: str, kind: str, extracted: Extracted
) -> Record:
    fetched_at = extracted.article.fetched_at
    subject = story_id if topic is Topic.STORIES else getattr(value, "uri", story_id)
    return Record(
        topic=topic,
        key=story_id.encode(),
        value=dump(value),
        headers=cloud_headers(
            id=identity,
            type=kind,
            schema=schema_id("story-state" if topic is Topic.STORIES else "article-event"),
            subject=subject,
            time=fetched_at.isoformat() if fetched_at else None,
            traceparent=extracted.traceparent,
        ),
    )


def _unchanged(extracted: Extracted) -> Record:
    article = extracted.article
    fetched_at = article.fetched_at.isoformat() if article.fetched_at else None
    return rejection_record(
        Rejection(
            uri=article.uri,
            url=article.url,
            reason=RejectionReason.UNCHANGED,
            detail="the same text was seen before at this address",
        ),
        decided_on=f"{article.content_hash} {fetched_at}",
        time=fetched_at,
        traceparent=extracted.traceparent,
    )


def _state(saved: Saved, number: int) -> Iterable[Record]:
    """The shard's memory: what changed, then what is forgotten."""
    written: list[tuple[str, bytes | None]] = [
        (ARTICLE_PREFIX + article.uri, dump(article)) for article in saved.articles
    ]
    written += [(STORY_PREFIX + story.state.id, dump(story)) for story in saved.stories]
    written += [(ARTICLE_PREFIX + uri, None) for uri in saved.forgotten_articles]
    written += [(STORY_PREFIX + story_id, None) for story_id in saved.forgotten_stories]
    return (
        Record(topic=Topic.FOLD_STATE, key=key.encode(), value=value, partition=number)
        for key, value in written
    )
