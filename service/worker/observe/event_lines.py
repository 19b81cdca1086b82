"""Log lines about pages and articles, one for each record worth logging.

Dead letters are warnings; withdrawals and merges are logged at INFO, since people ask about them;
outcomes of all other pages are logged at DEBUG. Search by `uri` to find an article's lines.
"""

import logging
from typing import Any

from service.contract.outcome import ERROR_PREFIX, REASON
from service.contract.record import Record, Topic
from service.contract.serde import UndecodableValue, load_json
from service.contract.translations import is_translations

logger = logging.getLogger("copydesk")

_WITHDRAWN = b"copydesk.article.withdrawn"
_INTERNAL = frozenset({Topic.EXTRACTED, Topic.FOLD_STATE, Topic.CONCEPTS, Topic.LINK_STATE})

_LONGEST = 300
"""Characters of a page's text in a log line. What is unsafe to print is replaced in `logs`."""


def log_record(record: Record) -> None:
    """Log a record, unless it is internal or its level is disabled."""
    topic = record.topic
    if topic in _INTERNAL:
        return
    if topic is Topic.REJECTED and not logger.isEnabledFor(logging.DEBUG):
        return
    headers = dict(record.headers)
    trace_id = trace_id_of(headers.get("traceparent"))
    if topic is Topic.FAILED:
        _log_failed(record, headers, trace_id)
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
        _log_article(record, headers, trace_id)
    elif is_translations(record):
        _log_translations(record, trace_id)
    elif topic is Topic.STORIES and b'"merged"' in (record.value or b""):
        value = _value(record)
        if into := value.get("merged_into"):
            logger.info("story merged", extra={"story": value["id"], "into": into})


def trace_id_of(traceparent: bytes | None) -> str | None:
    """Return the trace id of a W3C `traceparent`, for the log; None if there is none."""
    parts = (traceparent or b"").decode("ascii", "replace").split("-")
    return parts[1] if len(parts) >= 4 and len(parts[1]) == 32 else None


def _log_failed(record: Record, headers: dict[str, bytes], trace_id: str | None) -> None:
    def error(name: str) -> str:
        return headers.get(ERROR_PREFIX + name, b"").decode("utf-8", "replace")

    source = "/".join(map(error, ("topic", "partition", "offset")))
    logger.warning(
        "dead letter in %s: %s",
        error("stage"),
        error("exception.message")[:_LONGEST],
        extra={
            "reason": headers.get(REASON, b"?").decode("utf-8", "replace"),
            "url": (record.key or b"").decode("utf-8", "replace")[:_LONGEST] or None,
            "source": source,
            "trace_id": trace_id,
        },
    )


def _log_translations(record: Record, trace_id: str | None) -> None:
    if not logger.isEnabledFor(logging.DEBUG):
        return
    value = _value(record)
    listed = value.get("translations") or []
    logger.debug(
        "story linked" if listed else "story unlinked",
        extra={
            "story": value.get("story"),
            "translations": ", ".join(str(each.get("story")) for each in listed) or None,
            "translation_of": value.get("translation_of"),
            "trace_id": trace_id,
        },
    )


def _log_article(record: Record, headers: dict[str, bytes], trace_id: str | None) -> None:
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
