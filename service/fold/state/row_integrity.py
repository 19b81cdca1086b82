"""Errors and checksums of the row store: a corrupt page raises an error and changes no decision."""

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Concatenate, ParamSpec, TypeVar

import numpy as np
import numpy.typing as npt
import xxhash

from service.text.hashing import Hashes, mix

P = ParamSpec("P")
R = TypeVar("R")
S = TypeVar("S")

_SUMMED_UP = 10_000
"""Changed rows that are hashed together."""


class StoreFailed(RuntimeError):
    """The store cannot be read or written: the disk is full or gone. No article is at fault;
    uncommitted changes are lost."""


class StoreDamaged(StoreFailed):
    """The content of the store differs from what was written: it must not be opened again."""


def store_error(error: sqlite3.Error) -> StoreFailed:
    """Return the store's error for an error of the database."""
    damaged = not isinstance(error, sqlite3.OperationalError | sqlite3.ProgrammingError)
    return (StoreDamaged if damaged else StoreFailed)(f"{type(error).__name__}: {error}")


def checked(method: Callable[Concatenate[S, P], R]) -> Callable[Concatenate[S, P], R]:
    """Decorate a store's method to raise StoreFailed or StoreDamaged for database errors."""

    def call(self: S, /, *args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return method(self, *args, **kwargs)
        except sqlite3.Error as error:
            raise store_error(error) from error

    call.__doc__ = method.__doc__
    return call


@dataclass(frozen=True, slots=True)
class Rows:
    """The indexed columns of all articles, ascending by number.

    Attributes:
        story: slot of the story that holds each article.
        recorded: slot of the story that its changelog record names.
        seen: event time, seconds since the epoch.
    """

    number: npt.NDArray[np.int64]
    story: npt.NDArray[np.int64]
    recorded: npt.NDArray[np.int64]
    seen: npt.NDArray[np.float64]


class TableChecksum:
    """Number of articles, and one checksum of the indexed columns: the XOR of a hash of each row.

    A row that is included twice cancels out, so that inserts and deletions are the same operation.
    """

    def __init__(self, count: int, value: int) -> None:
        self.count = count
        self._value = value
        self._changed: list[tuple[int, int, int, int, float]] = []

    def change_article(self, uri: str, number: int, story: int, recorded: int, seen: float) -> None:
        """Include a row that was inserted or deleted; `count` is kept by the caller."""
        self._changed.append((_hash(uri), number, story, recorded, seen))
        if len(self._changed) >= _SUMMED_UP:
            self._sum_up()

    def change_story(self, slot: int, story_id: str) -> None:
        """Include a story that was inserted or deleted."""
        self._value ^= _hash(story_id, slot)

    @property
    def value(self) -> int:
        """The checksum of all changes up to now."""
        self._sum_up()
        return self._value

    def verify(
        self,
        rows: Rows,
        uris: Iterable[tuple[str, int]],
        stories: Iterable[tuple[int, str]],
    ) -> None:
        """Compare what a table holds with what was written to it.

        Args:
            uris: uri and number of each article, in any order.
            stories: slot and id of each story.

        Raises:
            StoreDamaged: they differ.
        """
        hashes = np.fromiter(
            ((number, _hash(uri)) for uri, number in uris), dtype=[("number", "i8"), ("uri", "u8")]
        )
        hashes = hashes[np.argsort(hashes["number"])]
        if np.array_equal(hashes["number"], rows.number) and len(rows.number) == self.count:
            total = _article_checksum(hashes["uri"], rows)
            for slot, story_id in stories:
                total ^= _hash(story_id, slot)
            if total == self.value:
                return
        raise StoreDamaged("the file does not hold what was written to it")

    def _sum_up(self) -> None:
        if self._changed:
            uris, number, story, recorded, seen = zip(*self._changed, strict=True)
            rows = Rows(
                number=np.array(number, dtype=np.int64),
                story=np.array(story, dtype=np.int64),
                recorded=np.array(recorded, dtype=np.int64),
                seen=np.array(seen, dtype=np.float64),
            )
            self._value ^= _article_checksum(np.array(uris, dtype=np.uint64), rows)
            self._changed.clear()


def _article_checksum(uris: Hashes, rows: Rows) -> int:
    hashes = uris
    for column in (rows.number, rows.story, rows.recorded, rows.seen.view(np.int64)):
        hashes = mix(hashes ^ column.astype(np.uint64))
    return int(np.bitwise_xor.reduce(hashes)) if len(hashes) else 0


def _hash(text: str, seed: int = 0) -> int:
    return xxhash.xxh3_64_intdigest(text.encode(), seed)


def sealed(row: bytes, key: int) -> bytes:
    """Return a row with its checksum in front."""
    return xxhash.xxh3_64_digest(row, key) + row


def opened(kept: bytes, key: int) -> bytes:
    """Return a row without its checksum.

    Raises:
        StoreDamaged: the checksum does not match.
    """
    row = kept[8:]
    if xxhash.xxh3_64_digest(row, key) != kept[:8]:
        raise StoreDamaged(f"row {key} is damaged")
    return row
