"""Counts of page outcomes by host and hour."""

import sqlite3

FAILED = "failed"
"""The outcome of pages that could not be processed, whatever the reason."""


def count_page(db: sqlite3.Connection, host: str, time: str, outcome: str) -> None:
    """Count one page that was fetched at `time` (RFC 3339, UTC)."""
    db.execute(
        "INSERT INTO host_hours VALUES (?, ?, ?, 1)"
        " ON CONFLICT (host, hour, outcome) DO UPDATE SET pages = pages + 1",
        (host, time[: len("2026-03-10T14")], outcome),
    )
