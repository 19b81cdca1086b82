"""LINK: what FOLD tells of one story in; events of translations and state records out."""

from collections.abc import Iterable, Iterator, Sequence

from service.contract.cloud_event import cloud_headers, schema_id
from service.contract.domain import registrable_domain
from service.contract.identity import event_id
from service.contract.link_state import LINKED_PREFIX, POSITION_PREFIX, LinkPosition
from service.contract.outcome import FailureReason, failure_record
from service.contract.record import InputMessage, Record, Topic
from service.contract.serde import UndecodableValue, dump, load
from service.contract.story_concepts import StoryConcepts
from service.contract.translations import TRANSLATED, TRANSLATIONS_PREFIX, StoryTranslations
from service.link.arrival import Arrival
from service.link.linker import Change, Linker

TOGETHER = 128
"""Stories whose keys are looked up together."""

PARTITION = 0
"""LINK has one writer: its topics have one partition."""

_POSITION_KEY = f"{POSITION_PREFIX}{PARTITION}".encode()


def link_batch(messages: Sequence[InputMessage], linker: Linker) -> Iterator[list[Record]]:
    """Yield, for each record of `stories.concepts` in order, what is to be written: events, then
    state records, the position last. It is empty for a record that was taken before.

    Args:
        linker: LINK's memory; it is updated.

    Raises:
        Exception: a bug; the memory may be partly updated. See `unlinked`.
    """
    for first in range(0, len(messages), TOGETHER):
        batch = messages[first : first + TOGETHER]
        read = [None if _is_repeat(message, linker) else _read(message) for message in batch]
        linker.prefetch([each for each in read if isinstance(each, Arrival | str)])
        for message, each in zip(batch, read, strict=True):
            yield (
                []
                if each is None or _is_repeat(message, linker)
                else _linked(message, each, linker)
            )


def unlinked(message: InputMessage, reason: FailureReason, error: Exception) -> Record:
    """Return the dead letter of a record that LINK could not process."""
    return failure_record(
        message, stage="link", reason=reason, error=type(error).__name__, detail=str(error)
    )


def _is_repeat(message: InputMessage, linker: Linker) -> bool:
    return message.source.offset <= linker.offset


def _read(message: InputMessage) -> Arrival | str | UndecodableValue:
    """What a record says: a story; the id of one that has left the window; or that it says
    nothing."""
    try:
        if message.value is None:
            return (message.key or b"").decode()
        return Arrival(load(StoryConcepts, message.value))
    except UndecodableValue as error:
        return error
    except UnicodeDecodeError as error:
        return UndecodableValue(f"key: {error}")


def _linked(
    message: InputMessage, read: Arrival | str | UndecodableValue, linker: Linker
) -> list[Record]:
    try:
        if isinstance(read, UndecodableValue):
            raise read
        if isinstance(read, str):
            change, told = linker.forget(read), None
        else:
            change, told = linker.take(read), read.told
        records = [
            *(_event(said, own, told or own) for said, own in change.said),
            *_state_records(change),
        ]
    except UndecodableValue as error:
        records = [unlinked(message, FailureReason.UNDECODABLE, error)]
    linker.offset = message.source.offset
    return [*records, _position(linker)]


def _event(said: StoryTranslations, own: StoryConcepts, cause: StoryConcepts) -> Record:
    """Return the record of an event.

    Args:
        own: the story that it is of.
        cause: the story whose record made LINK say it.
    """
    data = dump(said)
    return Record(
        topic=Topic.STORIES,
        key=(TRANSLATIONS_PREFIX + said.story).encode(),
        value=data,
        headers=cloud_headers(
            id=event_id(TRANSLATED, data.decode(), cause.time or "", cause.traceparent or ""),
            type=TRANSLATED,
            schema=schema_id("story-translations"),
            subject=said.story,
            time=cause.time,
            traceparent=cause.traceparent,
            attributes=(
                ("language", own.language),
                ("agency", own.agency),
                ("host", own.host),
                ("story", own.story),
                ("publisher", registrable_domain(own.host)),
            ),
        ),
    )


def _state_records(change: Change) -> Iterable[Record]:
    for story, value in change.saved:
        yield _state(LINKED_PREFIX + story, value)
    for story in change.deleted:
        yield _state(LINKED_PREFIX + story, None)


def _state(key: str, value: bytes | None) -> Record:
    return Record(topic=Topic.LINK_STATE, key=key.encode(), value=value, partition=PARTITION)


def _position(linker: Linker) -> Record:
    value = dump(LinkPosition(offset=linker.offset, number=linker.next_number))
    return Record(topic=Topic.LINK_STATE, key=_POSITION_KEY, value=value, partition=PARTITION)
