"""The texts of a row store, by the number of their article: records, keys and concepts."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from service.fold.state.row_integrity import StoreDamaged, checked, opened, sealed
from service.text.hashing import Hashes

_NO_KEYS: Hashes = np.empty(0, dtype=np.uint64)


@dataclass(frozen=True, slots=True)
class StoredText:
    """What is kept of a text.

    Attributes:
        record: its verification record.
        keys: those in the candidate index.
        left_out: those of an article that is not in the index; `keys` is empty then.
        concepts: the text as concepts, packed (see `service.text.concepts.packed`); empty if its
            signature has none.
    """

    record: bytes
    keys: Hashes
    left_out: Hashes = field(default_factory=lambda: _NO_KEYS)
    concepts: bytes = b""

    @property
    def all_keys(self) -> Hashes:
        """The keys, in the candidate index or not."""
        return self.left_out if len(self.left_out) else self.keys


class TextTable:
    """What is kept of the texts of articles."""

    def __init__(self, database: sqlite3.Connection) -> None:
        """Take over an open database, which has the tables."""
        self._db = database

    @checked
    def record(self, number: int) -> bytes:
        """Return an article's verification record."""
        found = self._run("SELECT record FROM texts WHERE number = ?", number).fetchone()
        if found is None:
            raise StoreDamaged(f"there is no text of article {number}")
        return opened(found[0], number)

    @checked
    def records(self, numbers: Sequence[int]) -> list[bytes]:
        """Return the verification records of some articles, in their order."""
        places = ",".join("?" * len(numbers))
        found = dict(
            self._run(
                f"SELECT number, record FROM texts WHERE number IN ({places})",  # noqa: S608
                *numbers,
            )
        )
        if missing := [number for number in numbers if number not in found]:
            raise StoreDamaged(f"there is no text of article {missing[0]}")
        return [opened(found[number], number) for number in numbers]

    @checked
    def stored(self, number: int) -> StoredText:
        """Return what is stored of an article's text; no keys if it has none."""
        keys = dict(self.keys(number, number)).get(number, _NO_KEYS)
        found = self._run("SELECT keys FROM left_out WHERE number = ?", number).fetchone()
        left_out = _NO_KEYS if found is None else _read_keys(found[0], number)
        return StoredText(self.record(number), keys, left_out, self.concepts(number))

    @checked
    def concepts(self, number: int) -> bytes:
        """Return an article's text as concepts, packed; empty if it has none."""
        found = self._run("SELECT packed FROM concepts WHERE number = ?", number).fetchone()
        return b"" if found is None else opened(found[0], number)

    @checked
    def concepts_of(self, uri: str) -> bytes:
        """Return the concepts of the latest version of an article, whatever number it has; empty if
        it has none."""
        found = self._run(
            "SELECT number, packed FROM articles JOIN concepts USING (number) WHERE uri = ?", uri
        ).fetchone()
        return b"" if found is None else opened(found[1], found[0])

    @checked
    def put_concepts(self, number: int, packed: bytes) -> None:
        """Store the concepts of an article, in place of those it had; empty deletes them."""
        if packed:
            self._run("REPLACE INTO concepts VALUES (?, ?)", number, sealed(packed, number))
        else:
            self._run("DELETE FROM concepts WHERE number = ?", number)

    def keys(self, first: int, last: int) -> Iterator[tuple[int, Hashes]]:
        """Yield numbers and keys of the articles from `first` to `last`; none without keys."""
        if first > last:
            return
        for number, keys in self._keys(first, last):
            yield number, _read_keys(keys, number)

    @checked
    def put(self, number: int, text: StoredText) -> None:
        """Store the text of an article."""
        keys = sealed(text.keys.tobytes(), number) if len(text.keys) else None
        record = sealed(text.record, number)
        self._run("REPLACE INTO texts VALUES (?, ?, ?)", number, record, keys)
        if len(text.left_out):
            left_out = sealed(text.left_out.tobytes(), number)
            self._run("REPLACE INTO left_out VALUES (?, ?)", number, left_out)
        self.put_concepts(number, text.concepts)

    @checked
    def drop(self, number: int) -> None:
        """Delete the text of an article."""
        self._run("DELETE FROM texts WHERE number = ?", number)
        self._run("DELETE FROM left_out WHERE number = ?", number)
        self._run("DELETE FROM concepts WHERE number = ?", number)

    @checked
    def _keys(self, first: int, last: int) -> Iterator[tuple[int, bytes]]:
        return self._run(
            "SELECT number, keys FROM texts"
            " WHERE number BETWEEN ? AND ? AND keys IS NOT NULL ORDER BY number",
            *(first, last),
        )

    def _run(self, statement: str, *values: Any) -> sqlite3.Cursor:
        return self._db.execute(statement, values)


def _read_keys(keys: bytes, number: int) -> Hashes:
    return np.frombuffer(opened(keys, number), dtype=np.uint64)
