"""How a store on disk tells that it holds what was put into it, and says so where it does not."""

import sqlite3
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

import numpy as np
import xxhash

from service.story.hashing import Hashes, mix
from service.story.store import Rows, StoreDamaged, StoreFailed

P = ParamSpec("P")
R = TypeVar("R")
S = TypeVar("S")


def checked(method: Callable[Concatenate[S, P], R]) -> Callable[Concatenate[S, P], R]:
    """Every fault of the database is one of the store."""

    def call(self: S, /, *args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return method(self, *args, **kwargs)
        except (sqlite3.OperationalError, sqlite3.ProgrammingError) as error:
            raise StoreFailed(f"{type(error).__name__}: {error}") from error
        except sqlite3.Error as error:
            raise StoreDamaged(f"{type(error).__name__}: {error}") from error

    call.__doc__ = method.__doc__
    return call


def mark_articles(uris: Hashes, rows: Rows) -> int:
    """One number of what the indexes say of articles; an article twice is as if not at all."""
    marks = uris
    for column in (rows.number, rows.story, rows.filed, rows.seen.view(np.int64)):
        marks = mix(marks ^ column.astype(np.uint64))
    return int(np.bitwise_xor.reduce(marks)) if len(marks) else 0


def sealed(row: bytes, key: int) -> bytes:
    """A row behind its checksum."""
    return xxhash.xxh3_64_digest(row, key) + row


def opened(kept: bytes, key: int) -> bytes:
    """A row as it was put.

    Raises:
        StoreFailed: it is not as it was put.
    """
    row = kept[8:]
    if xxhash.xxh3_64_digest(row, key) != kept[:8]:
        raise StoreDamaged(f"row {key} is damaged")
    return row
