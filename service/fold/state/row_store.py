"""The row store of a shard, in SQLite: articles by uri and number, stories by slot, texts by the
number of their article.

The database may be a file (see `service.worker.checkpoint`) or in memory, for runs without a broker
and for tests. Rows carry a checksum, and one checksum of all indexed columns is verified when the
rows are loaded: a corrupt database page raises an error, and never changes a decision.
"""

import sqlite3
from collections.abc import Sequence
from typing import Any

import numpy as np

from service.contract.fold_state import PartitionClock
from service.contract.serde import dump, load
from service.fold.state.article import ArticleState
from service.fold.state.identity_table import IdentityTable
from service.fold.state.row_format import article_row, read_article
from service.fold.state.row_integrity import (
    Rows,
    StoreDamaged,
    TableChecksum,
    checked,
    opened,
    sealed,
)
from service.fold.state.story_table import StoryTable
from service.fold.state.text_table import StoredText, TextTable

_CACHE_KIB = 16 * 1024
_SCHEMA = """
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS articles (
    number INTEGER PRIMARY KEY, uri TEXT NOT NULL, story INTEGER NOT NULL,
    filed INTEGER NOT NULL, seen REAL NOT NULL, row BLOB NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS by_uri ON articles (uri);
CREATE INDEX IF NOT EXISTS by_story ON articles (story, filed, seen);
CREATE TABLE IF NOT EXISTS texts (number INTEGER PRIMARY KEY, record BLOB NOT NULL, keys BLOB);
CREATE TABLE IF NOT EXISTS left_out (number INTEGER PRIMARY KEY, keys BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS concepts (number INTEGER PRIMARY KEY, packed BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS clocks (
    topic TEXT NOT NULL, partition INTEGER NOT NULL, clock BLOB NOT NULL,
    PRIMARY KEY (topic, partition)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS stories (
    slot INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, merged_into TEXT, row BLOB
);
CREATE INDEX IF NOT EXISTS merged ON stories (slot, merged_into) WHERE merged_into IS NOT NULL;
CREATE TABLE IF NOT EXISTS reinstated (slot INTEGER PRIMARY KEY, withdrawn_before INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS reserved ON stories (slot) WHERE row IS NULL;
"""
_ADD_ARTICLE = "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?)"


class RowStore:
    """Articles, stories and texts of one shard. Use it from one thread at a time.

    What is put can be read at once, and is durable after `commit`.

    Attributes:
        stories: the stories by slot.
        texts: the articles' texts.
        identities: what is kept of articles that have left the window.

    Raises:
        StoreFailed: from every method, if the database cannot be read or written.
        StoreDamaged: from every method, if its content differs from what was written.
    """

    @checked
    def __init__(self, database: sqlite3.Connection) -> None:
        """Take over an open database, and create the tables that it does not have.

        Args:
            database: opened with `isolation_level=None` and `check_same_thread=False`.
        """
        self._db = database
        self._run(f"PRAGMA cache_size = -{_CACHE_KIB}")
        self._run("PRAGMA journal_mode = WAL")
        # A power failure may lose the last commits, which the log has, but not damage the file.
        self._run("PRAGMA synchronous = NORMAL")
        self._run("PRAGMA wal_autocheckpoint = 4000")
        self._db.executescript(_SCHEMA)
        self._checksum = TableChecksum(
            int(self.fact("count") or "0"), int(self.fact("sum") or "0", 16)
        )
        self.identities = IdentityTable(
            self._db,
            int(self.fact("identities") or "0"),
            int(self.fact("identities_sum") or "0", 16),
        )
        self.stories = StoryTable(self._db, self._checksum)
        self.texts = TextTable(self._db)
        self._run("BEGIN IMMEDIATE")

    @classmethod
    def in_memory(cls) -> "RowStore":
        """Return an empty store of which nothing lasts."""
        return cls(sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False))

    def __del__(self) -> None:
        """Close the database: nobody else closes a store in memory."""
        self._db.close()

    @checked
    def commit(self, facts: dict[str, str]) -> None:
        """Commit all changes and these facts, atomically."""
        checksum = self._checksum
        facts = facts | {
            "sum": f"{checksum.value:x}",
            "count": str(checksum.count),
            "identities": str(self.identities.count),
            "identities_sum": f"{self.identities.checksum:x}",
        }
        self._db.executemany("REPLACE INTO facts VALUES (?, ?)", facts.items())
        self._run("COMMIT")
        self._run("BEGIN IMMEDIATE")

    @checked
    def fact(self, name: str) -> str | None:
        """Return a committed fact; None if there is none of this name."""
        row = self._run("SELECT value FROM facts WHERE name = ?", name).fetchone()
        return None if row is None else str(row[0])

    def close(self) -> None:
        """Close the file; uncommitted changes are discarded."""
        self._db.close()

    @checked
    def article(self, uri: str) -> ArticleState | None:
        """Return the latest version of an article, in the story that holds it now."""
        found = self._run(
            "SELECT number, story, filed, row FROM articles WHERE uri = ?", uri
        ).fetchone()
        return None if found is None else self._read_article(*found)

    @checked
    def existing(self, uris: Sequence[str]) -> set[str]:
        """Return which of these uris are those of articles in the store."""
        places = ",".join("?" * len(uris))
        found = self._run(f"SELECT uri FROM articles WHERE uri IN ({places})", *uris)  # noqa: S608
        return {uri for (uri,) in found}

    @checked
    def article_by_number(self, number: int) -> ArticleState:
        """Return the article with this number."""
        found = self._run(
            "SELECT number, story, filed, row FROM articles WHERE number = ?", number
        ).fetchone()
        if found is None:
            raise StoreDamaged(f"there is no article {number}")
        return self._read_article(*found)

    @checked
    def members(self, slot: int) -> list[ArticleState]:
        """Return the articles of a story, ascending by number."""
        found = self._run("SELECT number, story, filed, row FROM articles WHERE story = ?", slot)
        articles = [self._read_article(*row) for row in found.fetchall()]
        return sorted(articles, key=lambda article: article.number)

    @checked
    def put_article(
        self, article: ArticleState, slot: int, recorded: int, text: StoredText | None = None
    ) -> None:
        """Store a version of an article, in place of an earlier one.

        Args:
            slot: of `article.story_id`.
            recorded: slot of `article.recorded_story_id`.
            text: None if the text is stored already.
        """
        number, uri = article.number, article.uri
        row = sealed(article_row(article), number)
        values = (number, uri, slot, recorded, article.held_from, row)
        try:
            self._run(_ADD_ARTICLE, *values)
        except sqlite3.IntegrityError:
            # Most articles are new; looking for an earlier version first would cost each a query.
            earlier = self._run("SELECT number FROM articles WHERE uri = ?", uri).fetchone()
            if earlier is None:
                raise
            self._drop(earlier[0], with_text=earlier[0] != number)
            self._run(_ADD_ARTICLE, *values)
        self._checksum.count += 1
        self._checksum.change_article(uri, number, slot, recorded, article.held_from)
        if text is not None:
            self.texts.put(number, text)

    @checked
    def drop_article(self, number: int) -> None:
        """Delete an article and its text."""
        self._drop(number, with_text=True)

    @checked
    def move(self, slot: int, into: int) -> list[int]:
        """Move the articles of one story to another; returns their numbers."""
        moved = self._run(
            "SELECT uri, number, filed, seen FROM articles WHERE story = ?", slot
        ).fetchall()
        for uri, number, recorded, seen in moved:
            self._checksum.change_article(uri, number, slot, recorded, seen)
            self._checksum.change_article(uri, number, into, recorded, seen)
        self._run("UPDATE articles SET story = ? WHERE story = ?", into, slot)
        return [number for _, number, _, _ in moved]

    @checked
    def recorded_count(self, slot: int) -> int:
        """Return how many articles of a story have records that name it."""
        found = self._run("SELECT COUNT(*) FROM articles WHERE story = ? AND filed = ?", slot, slot)
        return int(found.fetchone()[0])

    @checked
    def put_clock(self, clock: PartitionClock) -> None:
        """Store how far a partition of `pages.raw` has got."""
        row = sealed(dump(clock), clock.partition)
        self._run("REPLACE INTO clocks VALUES (?, ?, ?)", clock.topic, clock.partition, row)

    @checked
    def clocks(self) -> list[PartitionClock]:
        """Return the clocks of all partitions."""
        found = self._run("SELECT partition, clock FROM clocks ORDER BY topic, partition")
        return [load(PartitionClock, opened(row, partition)) for partition, row in found]

    @checked
    def rows(self) -> Rows:
        """Return the indexed columns of all articles, after verifying their checksum."""
        found = self._run("SELECT number, story, filed, seen FROM articles INDEXED BY by_story")
        columns = np.fromiter(
            found, dtype=[("number", "i8"), ("story", "i8"), ("filed", "i8"), ("seen", "f8")]
        )
        columns = columns[np.argsort(columns["number"])]
        rows = Rows(*(columns[name].copy() for name in ("number", "story", "filed", "seen")))
        uris = self._run("SELECT uri, number FROM articles INDEXED BY by_uri")
        self._checksum.verify(rows, uris, self.stories.slots())
        return rows

    def _drop(self, number: int, *, with_text: bool) -> None:
        found = self._run(
            "SELECT uri, story, filed, seen FROM articles WHERE number = ?", number
        ).fetchone()
        if found is None:
            raise StoreDamaged(f"there is no article {number}")
        uri, *columns = found
        self._checksum.change_article(uri, number, *columns)
        self._checksum.count -= 1
        self._run("DELETE FROM articles WHERE number = ?", number)
        if with_text:
            self.texts.drop(number)

    def _read_article(self, number: int, story: int, recorded: int, row: bytes) -> ArticleState:
        held_by = None
        if story != recorded:
            held_by = self._run("SELECT id FROM stories WHERE slot = ?", story).fetchone()[0]
        return read_article(opened(row, number), held_by)

    def _run(self, statement: str, *values: Any) -> sqlite3.Cursor:
        return self._db.execute(statement, values)
