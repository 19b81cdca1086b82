"""Ingest from `pages.rejected` and `pages.failed`."""

import sqlite3

from service.contract.outcome import ATTEMPTS, ERROR_PREFIX, REASON, Rejection
from service.contract.serde import load
from service.desk.ingest.host_hours import FAILED, count_page
from service.desk.ingest.record import Arrived, utc
from service.desk.views.addresses import host_of

REJECTED_LIST, FAILED_LIST = "rejected", "failed"
"""Ids of these lists in the change feed."""

_UNKNOWN = "unknown"


def ingest_rejected(db: sqlite3.Connection, record: Arrived) -> tuple[str, ...]:
    """Write one rejection.

    Raises:
        UndecodableValue: the value is not a rejection.
    """
    rejection = load(Rejection, record.value or b"")
    host = host_of(rejection.url)
    got = db.execute(
        "INSERT OR IGNORE INTO rejected"
        " (event_id, uri, url, host, reason, detail, time, partition, position)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            record.id,
            rejection.uri,
            rejection.url,
            host,
            rejection.reason.value,
            rejection.detail,
            record.time,
            record.partition,
            record.offset,
        ),
    )
    if got.rowcount == 1:
        count_page(db, host, record.time, rejection.reason.value)
    return (REJECTED_LIST,)


def ingest_failed(db: sqlite3.Connection, record: Arrived) -> tuple[str, ...]:
    """Write what the headers say about a failed page; its bytes stay on the topic."""
    address = record.header("url") or (record.key or b"").decode("utf-8", "replace")
    host = host_of(address)
    attempts = record.header(ATTEMPTS) or "1"
    time = utc(record.header("fetched-at")) or record.time
    origin = [
        record.header(ERROR_PREFIX + name) or "?" for name in ("topic", "partition", "offset")
    ]
    got = db.execute(
        "INSERT OR IGNORE INTO failed (origin, address, host, stage, reason, error, detail,"
        " attempts, size, time, partition, position) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            "/".join((*origin, attempts)),
            address,
            host,
            record.header(ERROR_PREFIX + "stage") or _UNKNOWN,
            record.header(REASON) or _UNKNOWN,
            record.header(ERROR_PREFIX + "exception.class.name") or _UNKNOWN,
            record.header(ERROR_PREFIX + "exception.message") or "",
            int(attempts) if attempts.isdecimal() and len(attempts) < 6 else 1,
            len(record.value or b""),
            time,
            record.partition,
            record.offset,
        ),
    )
    if got.rowcount == 1:
        count_page(db, host, time, FAILED)
    return (FAILED_LIST,)
