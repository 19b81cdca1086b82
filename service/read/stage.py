"""READ: one raw page in, one record out: an article for FOLD, a rejection, or a dead letter."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

import xxhash

from service.contract.article import NoticeKind
from service.contract.cloud_event import EXTRACTED_SCHEMA, schema_id
from service.contract.extracted import Extracted, ReadInput
from service.contract.identity import article_uri, digest, enter_record
from service.contract.outcome import (
    Failed,
    FailureReason,
    Rejected,
    Rejection,
    crawlers_headers,
    failure_record,
    rejection_record,
)
from service.contract.page import RawPage
from service.contract.record import InputMessage, Record, Topic
from service.contract.serde import dump
from service.read.attribution import Attribution, attribute
from service.read.attribution.picture_credits import with_agencies
from service.read.bounds import bound
from service.read.envelopes import BodyRefs, decode
from service.read.envelopes.fields import LONGEST_URL, time_from_millis
from service.read.page import Limits, find_address, read_page
from service.read.publishers import PublisherTable
from service.text.language_groups import language_group
from service.text.signature import sign

_LONGEST_TRACEPARENT = 512
"""Bytes; version 00 of W3C's trace context has 55."""


def refuse_reference(reference: str) -> bytes:
    """Refuse to read a body outside the message; the default of `ReadOptions.fetch_body`."""
    raise Failed(FailureReason.BODY_REF_REFUSED, f"nothing here reads {reference[:200]}")


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Options of READ.

    Attributes:
        limits: bounds on one page.
        adapters: names of the input forms to accept; None accepts all.
        body_refs: allowed references to bodies outside the message.
        fetch_body: return the body that an allowed reference points to.
        shards: number of partitions of `articles.extracted`.
        concepts: whether to sign the concepts of a text too, by which translations are found.
        publishers: by the operator's table, empty by default.
        newest: no page is fetched later, milliseconds since the epoch; None: the time of each
            record bounds the time of fetch.
    """

    limits: Limits = field(default_factory=Limits)
    adapters: tuple[str, ...] | None = None
    body_refs: BodyRefs = field(default_factory=BodyRefs)
    fetch_body: Callable[[str], bytes] = refuse_reference
    shards: int = 1
    concepts: bool = False
    newest: int | None = None
    publishers: PublisherTable = field(default_factory=lambda: PublisherTable({}))


DEFAULT_OPTIONS = ReadOptions()


def read(message: InputMessage, options: ReadOptions = DEFAULT_OPTIONS) -> Record:
    """Return the outcome of one input. Never raises: an unexpected error becomes a dead letter."""
    raw: RawPage | None = None
    try:
        raw = decode(message, options.adapters, options.body_refs)
        raw = replace(raw, fetched_at=_sane_fetch(raw, message, options))
        if raw.body_ref is not None:
            raw = raw.with_body(options.fetch_body(raw.body_ref))
        return _extracted_record(_extract(message, raw, options), options)
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
    published = article.model_copy(
        update={
            "title": attribution.title,
            "text": attribution.body,
            "notices": attribution.notices,
            "pictures": with_agencies(article.pictures),
        }
    )
    bounded, wire = bound(published, attribution.wire, options.limits.text_bytes)
    return Extracted(
        article=bounded,
        wire=wire,
        signature=sign(
            attribution.core,
            article.language,
            _corrections(attribution),
            with_concepts=options.concepts,
        ),
        source=message.source,
        input=ReadInput(id=id_of_input(message), written=message.timestamp),
        traceparent=_traceparent(message),
        publisher=options.publishers.of(article.host),
    )


def _corrections(attribution: Attribution) -> list[str]:
    return [each.text for each in attribution.notices if each.kind is NoticeKind.CORRECTION]


def _extracted_record(extracted: Extracted, options: ReadOptions) -> Record:
    return Record(
        topic=Topic.EXTRACTED,
        key=extracted.article.uri.encode(),
        value=dump(extracted),
        headers=((EXTRACTED_SCHEMA, schema_id("extracted").encode()),),
        partition=shard_of(extracted.article.language, options.shards),
    )


def shard_of(language: str, shards: int) -> int:
    """Return the shard of a language: all copies of a story must reach the same shard, also if one
    is identified as Croatian and another as Bosnian."""
    return int(digest("shard", language_group(language)), 16) % shards


def _rejection(message: InputMessage, raw: RawPage | None, rejected: Rejected) -> Record:
    named = raw.url if raw else rejected.url
    url = named or _readable(message.key)
    fetched = raw.fetched_at if raw else rejected.fetched_at
    fetched_at = fetched.isoformat() if fetched else None
    return rejection_record(
        Rejection(
            uri=_uri(named) if named else None,
            url=url,
            reason=rejected.reason,
            detail=rejected.detail,
        ),
        decided_on=fetched_at or "",
        key=message.key if len(message.key or b"") <= LONGEST_URL else None,
        time=fetched_at,
        traceparent=_traceparent(message),
    )


def _uri(url: str) -> str | None:
    try:
        return article_uri(find_address(url).url)
    except Failed:
        return None


def _readable(key: bytes | None) -> str | None:
    try:
        return key.decode() if key and len(key) <= LONGEST_URL else None
    except UnicodeDecodeError:
        return None


def _traceparent(message: InputMessage) -> str | None:
    """Return the trace context of a page; None if it is no text of a possible length."""
    stated = message.header("traceparent")
    if not stated or len(stated) > _LONGEST_TRACEPARENT:
        return None
    return stated.decode("ascii", "replace")


def id_of_input(message: InputMessage) -> str:
    """Return a hash (XXH3, 128 bits) of the record and its position."""
    source = message.source
    position = f"{source.topic}/{source.partition}/{source.offset}/{message.timestamp}"
    stated = position.encode("utf-8", "surrogatepass")
    state = xxhash.xxh3_128()
    enter_record(state, (stated, message.key, message.value), crawlers_headers(message))
    return state.hexdigest()


def _sane_fetch(raw: RawPage, message: InputMessage, options: ReadOptions) -> datetime | None:
    """Limit the fetch time to the record's time, in case the crawler's clock is ahead; without a
    record's time, to the newest time that the options allow. Where the record's time is wrong too,
    FOLD's clock is not moved by it (`service.fold.state.event_clock`)."""
    newest = time_from_millis(options.newest if message.timestamp is None else message.timestamp)
    if raw.fetched_at is None or newest is None:
        return raw.fetched_at
    return min(raw.fetched_at, newest)
