"""Ingest from `stories`: the story's row, what changed in it, and the stories merged into it."""

import sqlite3
from collections.abc import Iterator

import orjson

from service.contract.serde import load
from service.contract.story import StoryEvent, StoryStatus
from service.desk.ingest.record import Arrived, utc
from service.desk.queries.decisions import keep_decisions

_LONGEST_CHAIN = 100


def ingest_story(db: sqlite3.Connection, record: Arrived) -> tuple[str, ...]:
    """Write one state of a story; the last one read wins.

    Raises:
        UndecodableValue: the value is not a story state.
    """
    state = load(StoryEvent, record.value or b"")
    before = db.execute("SELECT * FROM stories WHERE id = ?", (state.id,)).fetchone()
    if before is not None and before["stated"]:
        db.executemany(
            "INSERT OR IGNORE INTO story_changes VALUES (?, ?, ?, ?, ?, ?)",
            [
                (record.id, what, state.id, record.time, old, new)
                for what, old, new in _changes(before, state)
            ],
        )
    root = _root(db, state)
    db.execute(
        "INSERT OR REPLACE INTO stories VALUES"
        " (?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            state.id,
            root,
            state.language,
            state.agency,
            state.headline,
            state.original.uri,
            state.original.host,
            state.original.why,
            state.original.basis,
            state.copies,
            state.host_count,
            utc(state.first_seen) or record.time,
            utc(state.last_seen) or record.time,
            state.revision,
            state.status.value,
            state.merged_into,
            state.agency_verified,
            orjson.dumps([claim.model_dump() for claim in state.claims]).decode(),
        ),
    )
    keep_decisions(db, state.id, state.decisions)
    if root != state.id:
        db.execute("UPDATE stories SET root = ? WHERE root = ?", (root, state.id))
    return (state.id, root) if root != state.id else (state.id,)


def _root(db: sqlite3.Connection, state: StoryEvent) -> str:
    """Id of the story at the end of the chain of merges, which need not have been read yet."""
    if state.status is not StoryStatus.MERGED or state.merged_into is None:
        return state.id
    at = state.merged_into
    for _ in range(_LONGEST_CHAIN):
        row = db.execute("SELECT merged_into FROM stories WHERE id = ?", (at,)).fetchone()
        if row is None or row["merged_into"] is None:
            break
        at = row["merged_into"]
    return at if at != state.id else state.merged_into


def _changes(
    before: sqlite3.Row, state: StoryEvent
) -> Iterator[tuple[str, str | None, str | None]]:
    pairs = (
        ("headline", before["headline"], state.headline),
        ("agency", before["agency"], state.agency),
        ("original", before["original_uri"], state.original.uri),
        ("status", before["status"], state.status.value),
        ("merged_into", before["merged_into"], state.merged_into),
    )
    return ((what, old, new) for what, old, new in pairs if old != new)
