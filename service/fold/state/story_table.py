"""The stories of a row store, by slot."""

import sqlite3
from collections.abc import Iterable
from typing import Any

import numpy as np

from service.fold.state.columns import FreeSlots
from service.fold.state.row_format import read_story, story_row
from service.fold.state.row_integrity import StoreDamaged, TableChecksum, checked, opened, sealed
from service.fold.state.story import StoryState


class StoryTable:
    """Stories without their members.

    A slot is a small number that a story has while it is in the window; it is reused afterwards.
    """

    @checked
    def __init__(self, database: sqlite3.Connection, checksum: TableChecksum) -> None:
        """Take over an open database, which has the tables.

        Args:
            checksum: of all indexed columns, which each change is included in.
        """
        self._db = database
        self._checksum = checksum
        used = (slot for (slot,) in self._run("SELECT slot FROM stories"))
        self._free = FreeSlots(np.fromiter(used, dtype=np.int64))

    @checked
    def slot_of(self, story_id: str) -> int | None:
        """Return the slot of a story; None if it has none."""
        found = self._run("SELECT slot FROM stories WHERE id = ?", story_id).fetchone()
        return None if found is None else int(found[0])

    @checked
    def reserve(self, story_id: str) -> int:
        """Return a slot for a story that has none."""
        slot = self._free.take()
        self._run("INSERT INTO stories VALUES (?, ?, NULL, NULL)", slot, story_id)
        self._checksum.change_story(slot, story_id)
        return slot

    @checked
    def story(self, slot: int) -> StoryState | None:
        """Return a story without its members; None if its slot is only reserved."""
        found = self._run("SELECT row FROM stories WHERE slot = ?", slot).fetchone()
        if found is None or found[0] is None:
            return None
        return read_story(opened(found[0], slot))

    @checked
    def put(self, slot: int, story: StoryState) -> None:
        """Store a story, whose slot is reserved."""
        row = sealed(story_row(story), slot)
        self._run(
            "UPDATE stories SET merged_into = ?, row = ? WHERE slot = ?",
            *(story.merged_into, row, slot),
        )
        self._run("DELETE FROM reinstated WHERE slot = ?", slot)
        if story.reinstated is not None:
            self._run("INSERT INTO reinstated VALUES (?, ?)", slot, story.reinstated)

    @checked
    def drop(self, slot: int) -> None:
        """Delete a story; its slot is free."""
        found = self._run("SELECT id FROM stories WHERE slot = ?", slot).fetchone()
        if found is None:
            raise StoreDamaged(f"there is no story {slot}")
        self._checksum.change_story(slot, found[0])
        self._run("DELETE FROM stories WHERE slot = ?", slot)
        self._run("DELETE FROM reinstated WHERE slot = ?", slot)
        self._free.give(slot)

    @checked
    def slots(self) -> Iterable[tuple[int, str]]:
        """Return slots and ids of all stories, in any order."""
        return self._run("SELECT slot, id FROM stories")

    @checked
    def merged(self) -> list[tuple[int, str]]:
        """Return the slots of merged stories, ascending, each with the id it was merged into."""
        return self._run(
            "SELECT slot, merged_into FROM stories INDEXED BY merged"
            " WHERE merged_into IS NOT NULL ORDER BY slot"
        ).fetchall()

    @checked
    def reinstated(self) -> list[tuple[int, int]]:
        """Return the slots of stories that are active again, and their `withdrawn_before`."""
        return self._run("SELECT slot, withdrawn_before FROM reinstated").fetchall()

    @checked
    def reserved(self) -> list[int]:
        """Return the reserved slots of which the story was not stored."""
        found = self._run("SELECT slot FROM stories INDEXED BY reserved WHERE row IS NULL")
        return [slot for (slot,) in found.fetchall()]

    def _run(self, statement: str, *values: Any) -> sqlite3.Cursor:
        return self._db.execute(statement, values)
