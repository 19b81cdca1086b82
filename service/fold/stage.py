"""FOLD: one extracted article or one decision of the operator in; events and state records out."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

from service.contract.attributes import Attributes, article_attributes, story_attributes
from service.contract.cloud_event import cloud_headers, schema_id
from service.contract.control import CONTROL_EVENTS, CONTROL_ID, Control, is_control
from service.contract.extracted import Extracted
from service.contract.fold_state import (
    ARTICLE_PREFIX,
    CLOCK_PREFIX,
    IDENTITY_PREFIX,
    STORY_PREFIX,
)
from service.contract.identity import event_id
from service.contract.outcome import (
    ATTEMPTS,
    FailureReason,
    Rejection,
    RejectionReason,
    failure_record,
    rejection_record,
)
from service.contract.record import InputMessage, Record, Topic
from service.contract.serde import Model, UndecodableValue, dump, load
from service.contract.story import Authority, Placement, Relation, StoryEvent
from service.fold.assign.decision import Decided, Placed, Repeat, Saved, TooOld, Unchanged
from service.fold.assign.operator_order import Refused
from service.fold.assign.prefetch import TOGETHER
from service.fold.assign.restating import Restated
from service.fold.event.article import present, present_takedown
from service.fold.event.concepts import concept_records
from service.fold.event.origin import Origin
from service.fold.event.restated import present_restated
from service.fold.fetch_time import with_sane_fetch
from service.fold.shard import Shard
from service.fold.state.article import ArticleState

PUBLISHED = "copydesk.article.published"
COPIED = "copydesk.article.copied"
REVISED = "copydesk.article.revised"
WITHDRAWN = "copydesk.article.withdrawn"
RESTATED = "copydesk.article.restated"
STORY_CHANGED = "copydesk.story.changed"

_REVISIONS = (Relation.UPDATE, Relation.CORRECTION)


def fold(message: InputMessage, shard: Shard, number: int) -> list[Record]:
    """Assign the article in one record of `articles.extracted` to a story, or carry out the
    operator's decision that it is.

    Args:
        message: the record.
        shard: the shard's state; it is updated.
        number: the shard's partition of `fold.state`, to which state records are written.

    Returns:
        Events and state records, in the order to write them; empty for a redelivered article.

    Raises:
        Exception: a bug; the shard's state may be partly updated. See `unfolded`.
    """
    return _folded(message, _read(message), shard, number)


def fold_batch(
    messages: Sequence[InputMessage], shard: Shard, number: int
) -> Iterator[list[Record]]:
    """Yield the result of `fold` for each message, in order. Work that is cheaper for several
    articles at once is prefetched for groups of `TOGETHER` messages."""
    for first in range(0, len(messages), TOGETHER):
        batch = messages[first : first + TOGETHER]
        read = list(map(_read, batch))
        shard.prefetch([each for each in read if isinstance(each, Extracted)])
        for message, each in zip(batch, read, strict=True):
            yield _folded(message, each, shard, number)


def _read(message: InputMessage) -> Extracted | Control | UndecodableValue:
    try:
        if is_control(message):
            return load(Control, message.value or b"")
        extracted = load(Extracted, message.value or b"")
    except UndecodableValue as error:
        return error
    if extracted.input is not None and message.header(ATTEMPTS):
        # A dead letter that was put back: pages that stood behind it may have been placed since.
        replayed = extracted.input.model_copy(update={"written": None})
        return extracted.model_copy(update={"input": replayed})
    return extracted


def _folded(
    message: InputMessage,
    extracted: Extracted | Control | UndecodableValue,
    shard: Shard,
    number: int,
) -> list[Record]:
    if isinstance(extracted, UndecodableValue):
        return [unfolded(message, FailureReason.UNDECODABLE, extracted)]
    if isinstance(extracted, Control):
        return _controlled(message, extracted, shard, number)
    fetched_at = extracted.article.fetched_at
    if fetched_at is not None and shard.is_ahead(fetched_at.timestamp()):
        extracted = with_sane_fetch(extracted, message.timestamp, shard.newest)
    decision = shard.place(extracted)
    extracted = shard.identified or extracted
    if isinstance(decision, Repeat):
        return []
    if isinstance(decision, Unchanged):
        return [
            _unchanged(extracted),
            *state_records(decision.saved, number),
            *concept_records(decision.for_link, _origin(extracted)),
        ]
    if isinstance(decision, TooOld):
        return [_too_old(extracted, decision), *state_records(decision.saved, number)]
    origin = _origin(extracted)
    return [
        _article(extracted, decision, origin),
        *(
            _takedown(article, decision.placement, origin, decision)
            for article in decision.taken_down
        ),
        *(_restated(each, origin, decision.sequence) for each in decision.restated),
        *(_story(state, origin) for state in decision.stories),
        *state_records(decision.saved, number),
        *concept_records(decision.for_link, origin),
    ]


def _controlled(message: InputMessage, control: Control, shard: Shard, number: int) -> list[Record]:
    try:
        decision = shard.control(control)
    except Refused as refused:
        return [unfolded(message, refused.reason, refused)]
    if isinstance(decision, Repeat):
        return []
    count = len(decision.taken_down) + len(decision.restated) + len(decision.stories)
    headers = (CONTROL_ID, control.id.encode()), (CONTROL_EVENTS, str(count).encode())
    origin = Origin(control.at, None, headers)
    by = Placement(
        story_id=decision.stories[0].id,
        relation=Relation.WITHDRAWAL,
        authority=Authority.OPERATOR,
    )
    return [
        *(_takedown(each, by, origin, decision) for each in decision.taken_down),
        *(_restated(each, origin, decision.sequence) for each in decision.restated),
        *(_story(state, origin) for state in decision.stories),
        *state_records(decision.saved, number),
        *concept_records(decision.for_link, origin),
    ]


def _origin(extracted: Extracted) -> Origin:
    fetched_at = extracted.article.fetched_at
    return Origin(fetched_at.isoformat() if fetched_at else None, extracted.traceparent)


def unfolded(message: InputMessage, reason: FailureReason, error: Exception) -> Record:
    """Return the dead letter of an article that FOLD could not process."""
    return failure_record(
        message, stage="fold", reason=reason, error=type(error).__name__, detail=str(error)
    )


def _article(extracted: Extracted, placed: Placed, origin: Origin) -> Record:
    placement = placed.placement
    story = placed.stories[0]
    if placed.withdrawn:
        kind = WITHDRAWN
    elif placed.version > 1 or placement.relation in _REVISIONS:
        kind = REVISED
    elif placement.relation is Relation.ORIGINAL:
        kind = PUBLISHED
    else:
        kind = COPIED
    event = present(extracted, placed)
    return _event(Topic.ARTICLES, story.id, event, kind, origin, article_attributes(event))


def _takedown(
    article: ArticleState, by: Placement, origin: Origin, decision: Placed | Decided
) -> Record:
    why = decision.why if isinstance(decision, Decided) else None
    event = present_takedown(article, by, decision.original, decision.sequence, why)
    attributes = article_attributes(event)
    return _event(Topic.ARTICLES, article.story_id, event, WITHDRAWN, origin, attributes)


def _restated(each: Restated, origin: Origin, sequence: int) -> Record:
    event = present_restated(each, sequence)
    attributes = article_attributes(event)
    return _event(Topic.ARTICLES, each.placement.story_id, event, RESTATED, origin, attributes)


def _story(state: StoryEvent, origin: Origin) -> Record:
    attributes = story_attributes(state)
    flat = {"original_uri": state.original.uri, "original_host": state.original.host}
    value = state.model_copy(update=flat)
    return _event(Topic.STORIES, state.id, value, STORY_CHANGED, origin, attributes)


def _event(
    topic: Topic, story_id: str, value: Model, kind: str, origin: Origin, attributes: Attributes
) -> Record:
    """Return the record of an event. Its id is made of all that the record says, headers included:
    a story can come back to a state that it had before, and that is another event."""
    data = dump(value)
    further = (raw.decode() for _, raw in origin.headers)
    subject = story_id if topic is Topic.STORIES else getattr(value, "uri", story_id)
    return Record(
        topic=topic,
        key=story_id.encode(),
        value=data,
        headers=cloud_headers(
            id=event_id(kind, data.decode(), origin.time or "", origin.traceparent or "", *further),
            type=kind,
            schema=schema_id("story-state" if topic is Topic.STORIES else "article-event"),
            subject=subject,
            time=origin.time,
            traceparent=origin.traceparent,
            attributes=attributes,
        )
        + origin.headers,
    )


def _unchanged(extracted: Extracted) -> Record:
    article = extracted.article
    fetched_at = _origin(extracted).time
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


def _too_old(extracted: Extracted, decision: TooOld) -> Record:
    article = extracted.article
    fetched_at = _origin(extracted).time
    watermark = datetime.fromtimestamp(decision.watermark, UTC).isoformat()
    return rejection_record(
        Rejection(
            uri=article.uri,
            url=article.url,
            reason=RejectionReason.TOO_OLD,
            detail=f"fetched {decision.seconds / 3600:.1f} hours before {watermark}, up to which"
            " all partitions are folded: more than the window",
        ),
        decided_on=f"{article.content_hash} {fetched_at}",
        time=fetched_at,
        traceparent=extracted.traceparent,
    )


def state_records(saved: Saved, number: int) -> Iterable[Record]:
    """Return the changelog records of the shard's state: the clock first, then changes, then
    tombstones."""
    written: list[tuple[str, bytes | None]] = [
        (f"{CLOCK_PREFIX}{clock.topic}/{clock.partition}", dump(clock)) for clock in saved.clocks
    ]
    written += [(ARTICLE_PREFIX + article.uri, dump(article)) for article in saved.articles]
    written += [(STORY_PREFIX + story.state.id, dump(story)) for story in saved.stories]
    written += [(IDENTITY_PREFIX + each.key, dump(each)) for each in saved.identities]
    written += [(ARTICLE_PREFIX + uri, None) for uri in saved.deleted_articles]
    written += [(STORY_PREFIX + story_id, None) for story_id in saved.deleted_stories]
    written += [(IDENTITY_PREFIX + key, None) for key in saved.deleted_identities]
    return (
        Record(topic=Topic.FOLD_STATE, key=key.encode(), value=value, partition=number)
        for key, value in written
    )
