"""READ: one raw page in, one record out: an article for FOLD, a rejection, or a failure."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from service.events.adapters import BodyRefs, decode
from service.events.adapters.fields import time_from_millis
from service.events.contract_version import EXTRACTED_SCHEMA, schema_id
from service.events.extracted import Extracted
from service.events.failure import failure_record
from service.events.identity import article_uri, digest
from service.events.input_message import InputMessage
from service.events.outcome import Failed, FailureReason, Rejected
from service.events.raw_page import RawPage
from service.events.record import Record
from service.events.rejection import Rejection
from service.events.rejection_record import rejection_record
from service.events.serde import dump
from service.events.topics import Topic
from service.page import Limits, find_address, read_page
from service.story.sign import sign
from service.wire import attribute


def refuse_reference(reference: str) -> bytes:
    """Reads no body from elsewhere: the default."""
    raise Failed(FailureReason.BODY_REF_REFUSED, f"nothing here reads {reference[:200]}")


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How READ works.

    Attributes:
        adapters: names of the input forms to accept; all where None.
        body_refs: references to bodies outside the message that are allowed.
        fetch_body: reads an allowed reference.
        shards: partitions of `articles.extracted`.
    """

    limits: Limits = field(default_factory=Limits)
    adapters: tuple[str, ...] | None = None
    body_refs: BodyRefs = field(default_factory=BodyRefs)
    fetch_body: Callable[[str], bytes] = refuse_reference
    shards: int = 1


DEFAULT_OPTIONS = ReadOptions()


def read(message: InputMessage, options: ReadOptions = DEFAULT_OPTIONS) -> Record:
    """Take one input to its outcome. Nothing is raised: a fault of ours is a failure record."""
    raw: RawPage | None = None
    try:
        raw = decode(message, options.adapters, options.body_refs)
        raw = replace(raw, fetched_at=_sane_fetch(raw.fetched_at, message.timestamp))
        if raw.body_ref is not None:
            raw = raw.with_body(options.fetch_body(raw.body_ref))
        return _extracted_record(message, _extract(message, raw, options), options)
    except Rejected as rejected:
        return _rejection(message, raw, rejected)
    except Failed as failed:
        return failure_record(
            message,
            stage="read" if raw else "decode",
            reason=failed.reason,
            error=type(failed).__name__,
            detail=failed.detail,
        )
    except MemoryError:
        return failure_record(
            message,
            stage="read",
            reason=FailureReason.OUT_OF_MEMORY,
            error="MemoryError",
            detail="the page needs more memory than a page may have",
        )
    except Exception as error:
        return failure_record(
            message,
            stage="read" if raw else "decode",
            reason=FailureReason.ERROR,
            error=type(error).__name__,
            detail=str(error),
        )


def _extract(message: InputMessage, raw: RawPage, options: ReadOptions) -> Extracted:
    article = read_page(raw, options.limits)
    attribution = attribute(article)
    traceparent = message.header("traceparent")
    return Extracted(
        article=article.model_copy(
            update={
                "title": attribution.title,
                "text": attribution.body,
                "notices": attribution.notices,
            }
        ),
        wire=attribution.wire,
        signature=sign(attribution.core, article.language),
        source=message.source,
        traceparent=traceparent.decode("ascii", "replace") if traceparent else None,
    )


def _extracted_record(message: InputMessage, extracted: Extracted, options: ReadOptions) -> Record:
    return Record(
        topic=Topic.EXTRACTED,
        key=extracted.article.uri.encode(),
        value=dump(extracted),
        headers=((EXTRACTED_SCHEMA, schema_id("extracted").encode()),),
        partition=shard_of(extracted.article.language, options.shards),
    )


def shard_of(language: str, shards: int) -> int:
    """The shard that holds a language: all copies of a story must meet in one."""
    return int(digest("shard", language.split("-")[0]), 16) % shards


def _rejection(message: InputMessage, raw: RawPage | None, rejected: Rejected) -> Record:
    url = raw.url if raw else _readable(message.key)
    fetched_at = raw.fetched_at.isoformat() if raw and raw.fetched_at else None
    traceparent = message.header("traceparent")
    return rejection_record(
        Rejection(
            uri=_uri(raw.url) if raw else None,
            url=url,
            reason=rejected.reason,
            detail=rejected.detail,
        ),
        decided_on=fetched_at or "",
        key=message.key,
        time=fetched_at,
        traceparent=traceparent.decode("ascii", "replace") if traceparent else None,
    )


def _uri(url: str) -> str | None:
    try:
        return article_uri(find_address(url, None).url)
    except Failed:
        return None


def _readable(key: bytes | None) -> str | None:
    try:
        return key.decode() if key else None
    except UnicodeDecodeError:
        return None


def _sane_fetch(fetched_at: datetime | None, timestamp: int | None) -> datetime | None:
    """A page was not fetched after its record was made: a crawler's clock may run ahead."""
    recorded = time_from_millis(timestamp)
    if fetched_at is None or recorded is None:
        return fetched_at
    return min(fetched_at, recorded)
