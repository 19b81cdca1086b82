"""Records of `pages.rejected` and `pages.failed` into the read model."""

import sqlite3

from service.desk.addresses import host_of
from service.desk.arrived import Arrived, utc
from service.desk.host_hours import FAILED, count_page
from service.events.failure import ATTEMPTS, ERROR_PREFIX, REASON
from service.events.rejection import Rejection
from service.events.serde import load

REJECTED_LIST, FAILED_LIST = "rejected", "failed"
"""What changes are called that concern these lists."""

_UNKNOWN = "unknown"


def enter_rejected(db: sqlite3.Connection, record: Arrived) -> tuple[str, ...]:
    """Write one rejection.

    Raises:
        UndecodableValue: the value is no rejection.
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


def enter_failed(db: sqlite3.Connection, record: Arrived) -> tuple[str, ...]:
    """Write what is known of a failed page; its bytes stay on the topic."""
    address = record.header("url") or (record.key or b"").decode("utf-8", "replace")
    host = host_of(address)
    attempts = record.header(ATTEMPTS) or "1"
    time = utc(record.header("fetched-at")) or record.time
    place = [record.header(ERROR_PREFIX + name) or "?" for name in ("topic", "partition", "offset")]
    got = db.execute(
        "INSERT OR IGNORE INTO failed (origin, address, host, stage, reason, error, detail,"
        " attempts, size, time, partition, position) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            "/".join((*place, attempts)),
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
