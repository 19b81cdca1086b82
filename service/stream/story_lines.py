"""What is logged of pages and articles: a line an event that matters.

Dead letters are warnings; withdrawals and merges are told at INFO, since people ask about them;
what became of each other page is told at DEBUG. An article's lines are found by its `uri`.
"""

import logging
from typing import Any

from service.events.failure import ERROR_PREFIX, REASON
from service.events.record import Record
from service.events.serde import UndecodableValue, load_json
from service.events.topics import Topic

logger = logging.getLogger("copydesk")

_WITHDRAWN = b"copydesk.article.withdrawn"
_LONGEST = 300


def tell(record: Record) -> None:
    """Log what a record says, if it is one to be told of."""
    topic = record.topic
    if topic is Topic.EXTRACTED or topic is Topic.FOLD_STATE:
        return
    if topic is Topic.REJECTED and not logger.isEnabledFor(logging.DEBUG):
        return
    headers = dict(record.headers)
    trace_id = trace_id_of(headers.get("traceparent"))
    if topic is Topic.FAILED:
        _tell_failed(record, headers, trace_id)
    elif topic is Topic.REJECTED:
        value = _value(record)
        logger.debug(
            "rejected: %s",
            value.get("detail"),
            extra={
                "reason": value.get("reason"),
                "uri": value.get("uri"),
                "url": value.get("url"),
                "trace_id": trace_id,
            },
        )
    elif topic is Topic.ARTICLES:
        _tell_article(record, headers, trace_id)
    elif topic is Topic.STORIES and b'"merged"' in (record.value or b""):
        value = _value(record)
        if into := value.get("merged_into"):
            logger.info("story merged", extra={"story": value["id"], "into": into})


def trace_id_of(traceparent: bytes | None) -> str | None:
    """The trace's id in a W3C `traceparent`, for the log; None where there is none."""
    parts = (traceparent or b"").decode("ascii", "replace").split("-")
    return parts[1] if len(parts) >= 4 and len(parts[1]) == 32 else None


def _tell_failed(record: Record, headers: dict[str, bytes], trace_id: str | None) -> None:
    def error(name: str) -> str:
        return headers.get(ERROR_PREFIX + name, b"").decode("utf-8", "replace")

    source = "/".join(map(error, ("topic", "partition", "offset")))
    logger.warning(
        "dead letter in %s: %s",
        error("stage"),
        _printable(error("exception.message")),
        extra={
            "reason": headers.get(REASON, b"?").decode("utf-8", "replace"),
            "url": _printable((record.key or b"").decode("utf-8", "replace")) or None,
            "source": source,
            "trace_id": trace_id,
        },
    )


def _tell_article(record: Record, headers: dict[str, bytes], trace_id: str | None) -> None:
    withdrawn = headers.get("ce_type") == _WITHDRAWN
    level = logging.INFO if withdrawn else logging.DEBUG
    if not logger.isEnabledFor(level):
        return
    block = _value(record).get("copydesk", {})
    logger.log(
        level,
        "article %s",
        headers.get("ce_type", b"?").decode("utf-8", "replace").rpartition(".")[2],
        extra={
            "uri": headers.get("ce_subject", b"").decode("utf-8", "replace") or None,
            "story": (record.key or b"").decode("utf-8", "replace"),
            "relation": block.get("story", {}).get("relation"),
            "url": block.get("page", {}).get("url"),
            "trace_id": trace_id,
        },
    )


def _value(record: Record) -> dict[str, Any]:
    try:
        value = load_json(record.value or b"null")
    except UndecodableValue:
        return {}
    return value if isinstance(value, dict) else {}


def _printable(text: str) -> str:
    """What a page brought, in one line: no control characters, and no more than is read."""
    return "".join(c if c.isprintable() else " " for c in text[:_LONGEST])
