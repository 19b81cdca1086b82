"""A state from `stories` into the read model: its row, what changed, and the merges behind it."""

import sqlite3
from collections.abc import Iterator

from service.desk.arrived import Arrived, utc
from service.events.serde import load
from service.events.story_state import StoryState, StoryStatus

_LONGEST_CHAIN = 100


def enter_story(db: sqlite3.Connection, record: Arrived) -> tuple[str, ...]:
    """Write one state of a story; the latest read stands.

    Raises:
        UndecodableValue: the value is no story state.
    """
    state = load(StoryState, record.value or b"")
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
        "INSERT OR REPLACE INTO stories VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            state.id,
            root,
            state.language,
            state.agency,
            state.headline,
            state.original.uri,
            state.original.host,
            state.original.why,
            state.copies,
            state.host_count,
            utc(state.first_seen) or record.time,
            utc(state.last_seen) or record.time,
            state.revision,
            state.status.value,
            state.merged_into,
        ),
    )
    if root != state.id:
        db.execute("UPDATE stories SET root = ? WHERE root = ?", (root, state.id))
    return (state.id, root) if root != state.id else (state.id,)


def _root(db: sqlite3.Connection, state: StoryState) -> str:
    """The story at the end of the merges; one that is not known yet is taken by its name."""
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
    before: sqlite3.Row, state: StoryState
) -> Iterator[tuple[str, str | None, str | None]]:
    pairs = (
        ("headline", before["headline"], state.headline),
        ("agency", before["agency"], state.agency),
        ("original", before["original_uri"], state.original.uri),
        ("status", before["status"], state.status.value),
        ("merged_into", before["merged_into"], state.merged_into),
    )
    return ((what, old, new) for what, old, new in pairs if old != new)
