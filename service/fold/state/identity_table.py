"""A sorted table of short entries in SQLite: identities by key, in less than 64 bytes each.

A row of SQLite for each entry, with its checksum and the slack of a B-tree, would take 90 bytes. So
a row is a chunk of neighbouring entries, which fills a page of the database. A chunk that is full
gives entries to the next one, and if that is full too, two become three: chunks are four fifths
full on average, where halving leaves two thirds (a B*-tree: D. Comer, "The ubiquitous B-tree", ACM
Computing Surveys 11, 1979).
"""

import sqlite3
from typing import Any

from service.fold.state.row_integrity import StoreDamaged, checked, opened, sealed

KEY = 10
"""Bytes of a key: among 100 million keys the probability that two are the same is 4e-9."""

ENTRY = 44
"""Bytes of an entry, which begins with its key."""

FULL = 91
"""Most entries of a chunk: so many fit into a page of 4,096 bytes beside SQLite's own."""

_ROOMY = FULL - 12
_LOW = FULL * 2 // 3
_FIRST = -(2**63)
"""Key of the first chunk, which is always there."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS identities (first INTEGER PRIMARY KEY, entries BLOB NOT NULL)
"""


class IdentityTable:
    """Entries of `ENTRY` bytes, sorted by their first `KEY` bytes.

    Attributes:
        count: number of entries.
        checksum: XOR of the checksums of all chunks, as it was stored.
    """

    @checked
    def __init__(self, database: sqlite3.Connection, count: int, checksum: int) -> None:
        """Take over an open database, and create the table if it does not have it.

        Args:
            count, checksum: as they were when the database was last committed.
        """
        self.count = count
        self.checksum = checksum
        self._db = database
        self._run(_SCHEMA)

    @checked
    def find(self, key: bytes) -> bytes | None:
        """Return the entry with a key; None if there is none."""
        if not self.count:
            return None
        _, entries = self._chunk(_number(key))
        at = _position(entries, key)
        entry = entries[at : at + ENTRY]
        return entry if entry[:KEY] == key else None

    @checked
    def put(self, entry: bytes) -> None:
        """Store an entry, in place of the one with its key."""
        key = entry[:KEY]
        first, entries = self._chunk(_number(key)) if self.count else (_FIRST, b"")
        at = _position(entries, key)
        replaced = entries[at : at + KEY] == key
        changed = entries[:at] + entry + entries[at + ENTRY * replaced :]
        self.count += not replaced
        if len(changed) <= FULL * ENTRY:
            self._replace({first: entries}, {first: changed})
        else:
            self._spread(first, entries, changed)

    @checked
    def drop(self, key: bytes) -> None:
        """Delete the entry with a key, if there is one."""
        if not self.count:
            return
        first, entries = self._chunk(_number(key))
        at = _position(entries, key)
        if entries[at : at + KEY] != key:
            return
        self.count -= 1
        changed = entries[:at] + entries[at + ENTRY :]
        before, after = {first: entries}, {first: changed}
        following = self._following(first) if len(changed) < _LOW * ENTRY // 2 else None
        if following is not None and len(changed) + len(following[1]) <= _LOW * ENTRY:
            before |= {following[0]: following[1]}
            after = {first: changed + following[1]}
        self._replace(before, after)

    @checked
    def between(self, begin: int, end: int) -> list[bytes]:
        """Return the entries, in order, of which the first 8 bytes are a number from `begin` up to
        but not including `end`."""
        found: list[bytes] = []
        following = self._chunk(begin + _FIRST) if self.count else None
        while following is not None:
            first, entries = following
            for at in range(_position(entries, begin.to_bytes(8, "big")), len(entries), ENTRY):
                if int.from_bytes(entries[at : at + 8], "big") >= end:
                    return found
                found.append(entries[at : at + ENTRY])
            following = self._following(first)
        return found

    @checked
    def verify(self) -> None:
        """Compare the chunks with what was written.

        Raises:
            StoreDamaged: they differ.
        """
        total = size = 0
        found = self._run("SELECT substr(entries, 1, 8), length(entries) - 8 FROM identities")
        for checksum, length in found:
            total ^= int.from_bytes(checksum, "big")
            size += length
        if total != self.checksum or size != self.count * ENTRY:
            raise StoreDamaged("the identities are not those that were written")

    def _spread(self, first: int, entries: bytes, changed: bytes) -> None:
        """Spread the entries of a chunk that is more than full over two chunks or three."""
        following = self._following(first)
        before, parts = {first: entries}, 2
        if following is not None:
            before[following[0]] = following[1]
            changed += following[1]
            parts = 2 if len(following[1]) <= _ROOMY * ENTRY else 3
        count = len(changed) // ENTRY
        after = {}
        for part in range(parts):
            begin, end = (count * each // parts * ENTRY for each in (part, part + 1))
            own = changed[begin:end]
            after[first if not part else _number(own)] = own
        self._replace(before, after)

    def _replace(self, before: dict[int, bytes], after: dict[int, bytes]) -> None:
        for first, entries in before.items():
            self.checksum ^= _checksum(entries, first) if entries else 0
            if first not in after:
                self._run("DELETE FROM identities WHERE first = ?", first)
        for first, entries in after.items():
            row = sealed(entries, first & (2**64 - 1))
            if entries:
                self.checksum ^= int.from_bytes(row[:8], "big")
                self._run("REPLACE INTO identities VALUES (?, ?)", first, row)
            else:
                self._run("DELETE FROM identities WHERE first = ?", first)

    def _chunk(self, number: int) -> tuple[int, bytes]:
        found = self._run(
            "SELECT first, entries FROM identities WHERE first <= ? ORDER BY first DESC LIMIT 1",
            number,
        ).fetchone()
        return (_FIRST, b"") if found is None else self._opened(*found)

    def _following(self, first: int) -> tuple[int, bytes] | None:
        found = self._run(
            "SELECT first, entries FROM identities WHERE first > ? ORDER BY first LIMIT 1", first
        ).fetchone()
        return None if found is None else self._opened(*found)

    @staticmethod
    def _opened(first: int, row: bytes) -> tuple[int, bytes]:
        return first, opened(row, first & (2**64 - 1))

    def _run(self, statement: str, *values: Any) -> sqlite3.Cursor:
        return self._db.execute(statement, values)


def _number(entry: bytes) -> int:
    """Return the first 8 bytes as a number, so that SQLite's signed integers sort as they do."""
    return int.from_bytes(entry[:8], "big") + _FIRST


def _position(entries: bytes, key: bytes) -> int:
    """Return where the first entry begins whose key is not lower."""
    low, high = 0, len(entries) // ENTRY
    while low < high:
        middle = (low + high) // 2
        at = middle * ENTRY
        if entries[at : at + KEY] < key:
            low = middle + 1
        else:
            high = middle
    return low * ENTRY


def _checksum(entries: bytes, first: int) -> int:
    return int.from_bytes(sealed(entries, first & (2**64 - 1))[:8], "big")
