"""A shard's store on disk, in SQLite: what was put lasts once it is committed, and not before.

Rows carry a checksum, and what stands in indexes is summed up in one number that is compared when
the store is opened: a page that went bad is an error, never another decision.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import xxhash

from service.story.columns import FreeSlots
from service.story.hashing import Hashes
from service.story.known import KnownArticle, KnownStory
from service.story.rows import article_row, read_article, read_story, story_row
from service.story.store import Rows, StoreDamaged, StoredText
from service.stream.store_checks import checked, mark_articles, opened, sealed

_CACHE_KIB = 16 * 1024
_SUMMED_UP = 10_000
_SCHEMA = """
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS articles (
    number INTEGER PRIMARY KEY, uri TEXT NOT NULL, story INTEGER NOT NULL,
    filed INTEGER NOT NULL, seen REAL NOT NULL, row BLOB NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS by_uri ON articles (uri);
CREATE INDEX IF NOT EXISTS by_story ON articles (story, filed, seen);
CREATE TABLE IF NOT EXISTS texts (number INTEGER PRIMARY KEY, record BLOB NOT NULL, keys BLOB);
CREATE TABLE IF NOT EXISTS stories (
    slot INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, merged_into TEXT, row BLOB
);
CREATE INDEX IF NOT EXISTS merged ON stories (slot, merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX IF NOT EXISTS reserved ON stories (slot) WHERE row IS NULL;
"""
_ADD_ARTICLE = "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?)"


class ShardStore:
    """A `Store` in one file. One thread at a time may use it.

    Raises:
        StoreFailed: of every method, where the file cannot be read or written, or is damaged.
    """

    @checked
    def __init__(self, path: Path) -> None:
        """Open the file, or make it."""
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._run(f"PRAGMA cache_size = -{_CACHE_KIB}")
        self._run("PRAGMA journal_mode = WAL")
        # A loss of power may cost the last commits, which the log has, but not the file.
        self._run("PRAGMA synchronous = NORMAL")
        self._run("PRAGMA wal_autocheckpoint = 4000")
        self._db.executescript(_SCHEMA)
        self._changed: list[tuple[int, int, int, int, float]] = []
        self._sum = int(self.fact("sum") or "0", 16)
        self._count = int(self.fact("count") or "0")
        used = (slot for (slot,) in self._run("SELECT slot FROM stories"))
        self._free = FreeSlots(np.fromiter(used, dtype=np.int64))
        self._run("BEGIN IMMEDIATE")

    @checked
    def commit(self, facts: dict[str, str]) -> None:
        """Let what was put last, and these facts with it: all of it or nothing."""
        self._sum_up()
        facts = facts | {"sum": f"{self._sum:x}", "count": str(self._count)}
        self._db.executemany("REPLACE INTO facts VALUES (?, ?)", facts.items())
        self._run("COMMIT")
        self._run("BEGIN IMMEDIATE")

    @checked
    def fact(self, name: str) -> str | None:
        """A fact that was committed."""
        row = self._run("SELECT value FROM facts WHERE name = ?", name).fetchone()
        return None if row is None else str(row[0])

    def close(self) -> None:
        """Give up what was not committed."""
        self._db.close()

    @checked
    def article(self, uri: str) -> KnownArticle | None:
        """See `Store`."""
        found = self._run(
            "SELECT number, story, filed, row FROM articles WHERE uri = ?", uri
        ).fetchone()
        return None if found is None else self._read_article(*found)

    @checked
    def known(self, uris: Sequence[str]) -> set[str]:
        """See `Store`."""
        places = ",".join("?" * len(uris))
        found = self._run(f"SELECT uri FROM articles WHERE uri IN ({places})", *uris)  # noqa: S608
        return {uri for (uri,) in found}

    @checked
    def numbered(self, number: int) -> KnownArticle:
        """See `Store`."""
        found = self._run(
            "SELECT number, story, filed, row FROM articles WHERE number = ?", number
        ).fetchone()
        if found is None:
            raise StoreDamaged(f"there is no article {number}")
        return self._read_article(*found)

    @checked
    def members(self, slot: int) -> list[KnownArticle]:
        """See `Store`."""
        found = self._run("SELECT number, story, filed, row FROM articles WHERE story = ?", slot)
        articles = [self._read_article(*row) for row in found.fetchall()]
        return sorted(articles, key=lambda article: article.number)

    @checked
    def put_article(
        self, article: KnownArticle, slot: int, filed: int, text: StoredText | None = None
    ) -> None:
        """See `Store`."""
        number, uri = article.number, article.uri
        row = sealed(article_row(article), number)
        values = (number, uri, slot, filed, article.seen, row)
        try:
            self._run(_ADD_ARTICLE, *values)
        except sqlite3.IntegrityError:
            # Most articles are new, and asking first would cost each a look-up.
            earlier = self._run("SELECT number FROM articles WHERE uri = ?", uri).fetchone()
            if earlier is None:
                raise
            self._drop(earlier[0], with_text=earlier[0] != number)
            self._run(_ADD_ARTICLE, *values)
        self._count += 1
        self._change(uri, number, slot, filed, article.seen)
        if text is not None:
            keys = sealed(text.keys.tobytes(), number) if len(text.keys) else None
            record = sealed(text.record, number)
            self._run("REPLACE INTO texts VALUES (?, ?, ?)", number, record, keys)

    @checked
    def drop_article(self, number: int) -> None:
        """See `Store`."""
        self._drop(number, with_text=True)

    @checked
    def move(self, slot: int, into: int) -> None:
        """See `Store`."""
        moved = self._run(
            "SELECT uri, number, filed, seen FROM articles WHERE story = ?", slot
        ).fetchall()
        for uri, number, filed, seen in moved:
            self._change(uri, number, slot, filed, seen)
            self._change(uri, number, into, filed, seen)
        self._run("UPDATE articles SET story = ? WHERE story = ?", into, slot)

    @checked
    def text(self, number: int) -> bytes:
        """See `Store`."""
        found = self._run("SELECT record FROM texts WHERE number = ?", number).fetchone()
        if found is None:
            raise StoreDamaged(f"there is no text of article {number}")
        return opened(found[0], number)

    @checked
    def texts(self, numbers: Sequence[int]) -> list[bytes]:
        """See `Store`."""
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

    def keys(self, first: int, last: int) -> Iterator[tuple[int, Hashes]]:
        """See `Store`."""
        if first > last:
            return
        for number, keys in self._keys(first, last):
            yield number, np.frombuffer(opened(keys, number), dtype=np.uint64)

    @checked
    def slot_of(self, story_id: str) -> int | None:
        """See `Store`."""
        found = self._run("SELECT slot FROM stories WHERE id = ?", story_id).fetchone()
        return None if found is None else int(found[0])

    @checked
    def reserve(self, story_id: str) -> int:
        """See `Store`."""
        slot = self._free.take()
        self._run("INSERT INTO stories VALUES (?, ?, NULL, NULL)", slot, story_id)
        self._sum ^= xxhash.xxh3_64_intdigest(story_id.encode(), slot)
        return slot

    @checked
    def story(self, slot: int) -> KnownStory | None:
        """See `Store`."""
        found = self._run("SELECT row FROM stories WHERE slot = ?", slot).fetchone()
        if found is None or found[0] is None:
            return None
        return read_story(opened(found[0], slot))

    @checked
    def put_story(self, slot: int, story: KnownStory) -> None:
        """See `Store`."""
        row = sealed(story_row(story), slot)
        self._run(
            "UPDATE stories SET merged_into = ?, row = ? WHERE slot = ?",
            *(story.merged_into, row, slot),
        )

    @checked
    def drop_story(self, slot: int) -> None:
        """See `Store`."""
        found = self._run("SELECT id FROM stories WHERE slot = ?", slot).fetchone()
        if found is None:
            raise StoreDamaged(f"there is no story {slot}")
        self._sum ^= xxhash.xxh3_64_intdigest(found[0].encode(), slot)
        self._run("DELETE FROM stories WHERE slot = ?", slot)
        self._free.give(slot)

    @checked
    def rows(self) -> Rows:
        """See `Store`; what the indexes hold is compared with what was put in."""
        found = self._run("SELECT number, story, filed, seen FROM articles INDEXED BY by_story")
        columns = np.fromiter(
            found, dtype=[("number", "i8"), ("story", "i8"), ("filed", "i8"), ("seen", "f8")]
        )
        columns = columns[np.argsort(columns["number"])]
        rows = Rows(*(columns[name].copy() for name in ("number", "story", "filed", "seen")))
        named = np.fromiter(
            (
                (number, xxhash.xxh3_64_intdigest(uri.encode()))
                for uri, number in self._run("SELECT uri, number FROM articles INDEXED BY by_uri")
            ),
            dtype=[("number", "i8"), ("uri", "u8")],
        )
        named = named[np.argsort(named["number"])]
        self._sum_up()
        whole = len(rows.number) == self._count and np.array_equal(named["number"], rows.number)
        total = mark_articles(named["uri"], rows) if whole else 0
        for slot, story_id in self.slots():
            total ^= xxhash.xxh3_64_intdigest(story_id.encode(), slot)
        if not whole or total != self._sum:
            raise StoreDamaged("the file does not hold what was put into it")
        return rows

    @checked
    def slots(self) -> Iterable[tuple[int, str]]:
        """See `Store`."""
        return self._run("SELECT slot, id FROM stories")

    @checked
    def merged(self) -> list[tuple[int, str]]:
        """See `Store`."""
        return self._run(
            "SELECT slot, merged_into FROM stories INDEXED BY merged"
            " WHERE merged_into IS NOT NULL ORDER BY slot"
        ).fetchall()

    @checked
    def reserved(self) -> list[int]:
        """See `Store`."""
        found = self._run("SELECT slot FROM stories INDEXED BY reserved WHERE row IS NULL")
        return [slot for (slot,) in found.fetchall()]

    @checked
    def _keys(self, first: int, last: int) -> Iterator[tuple[int, bytes]]:
        return self._run(
            "SELECT number, keys FROM texts"
            " WHERE number BETWEEN ? AND ? AND keys IS NOT NULL ORDER BY number",
            *(first, last),
        )

    def _drop(self, number: int, *, with_text: bool) -> None:
        found = self._run(
            "SELECT uri, story, filed, seen FROM articles WHERE number = ?", number
        ).fetchone()
        if found is None:
            raise StoreDamaged(f"there is no article {number}")
        uri, *columns = found
        self._change(uri, number, *columns)
        self._count -= 1
        self._run("DELETE FROM articles WHERE number = ?", number)
        if with_text:
            self._run("DELETE FROM texts WHERE number = ?", number)

    def _change(self, uri: str, number: int, story: int, filed: int, seen: float) -> None:
        """Note that a row has come or gone."""
        self._changed.append((xxhash.xxh3_64_intdigest(uri.encode()), number, story, filed, seen))
        if len(self._changed) >= _SUMMED_UP:
            self._sum_up()

    def _sum_up(self) -> None:
        if self._changed:
            uris, number, story, filed, seen = zip(*self._changed, strict=True)
            rows = Rows(
                number=np.array(number, dtype=np.int64),
                story=np.array(story, dtype=np.int64),
                filed=np.array(filed, dtype=np.int64),
                seen=np.array(seen, dtype=np.float64),
            )
            self._sum ^= mark_articles(np.array(uris, dtype=np.uint64), rows)
            self._changed.clear()

    def _read_article(self, number: int, story: int, filed: int, row: bytes) -> KnownArticle:
        held_by = None
        if story != filed:
            held_by = self._run("SELECT id FROM stories WHERE slot = ?", story).fetchone()[0]
        return read_article(opened(row, number), held_by)

    def _run(self, statement: str, *values: Any) -> sqlite3.Cursor:
        return self._db.execute(statement, values)
