"""Counts, by host and hour, of articles that show what a host's articles show when its layout has
changed and extraction misses a part."""

import sqlite3
from collections.abc import Iterator

from service.contract.article_event import ArticleEvent
from service.read.page.paragraph import count_words

NO_DATE = "no_date"
NO_AUTHOR = "no_author"
SHORT = "short"
FLAGGED = "flagged"

SIGNS = (NO_DATE, NO_AUTHOR, SHORT, FLAGGED)
"""No time of publication; neither a person nor an agency; fewer than `SHORT_WORDS` words; any
quality flag."""

SHORT_WORDS = 100


def signs_of(event: ArticleEvent) -> Iterator[str]:
    """Yield the signs of an article, from what its event says."""
    if event.content_created is None:
        yield NO_DATE
    if event.by is None and not event.copydesk.wire.agencies:
        yield NO_AUTHOR
    # The event's own count goes by spaces, of which some scripts have none.
    if count_words("\n\n".join(body.value for body in event.bodies)) < SHORT_WORDS:
        yield SHORT
    if event.copydesk.quality.flags:
        yield FLAGGED


def count_signs(db: sqlite3.Connection, host: str, time: str, event: ArticleEvent) -> None:
    """Count the signs of one article that was fetched at `time` (RFC 3339, UTC)."""
    hour = time[: len("2026-03-10T14")]
    db.executemany(
        "INSERT INTO host_signs VALUES (?, ?, ?, 1)"
        " ON CONFLICT (host, hour, sign) DO UPDATE SET articles = articles + 1",
        [(host, hour, sign) for sign in signs_of(event)],
    )
