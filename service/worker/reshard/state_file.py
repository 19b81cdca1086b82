"""The state of all shards in one SQLite file, and its arrangement for another number of shards.

A story goes to the shard of its language, and its articles go with it. Within a story nothing
changes: ids, versions, representatives and decisions stay, and so does the order of its articles.
Articles are numbered within a shard, so they get new numbers. The articles of several shards are
merged by the clock that each was placed at, and articles of one shard keep their order: decisions
compare numbers within a story only, and expiry goes by the clock. The new numbers are higher than
all that the old shards gave: events are ordered by them (see `service.fold.assign.sequence`), of
articles that have left the window too.

The clocks of the partitions of `pages.raw`, and the identities of articles that have left the
window, have no language: every new shard gets all of them, the latest where several shards had one.
"""

import heapq
import sqlite3
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import orjson

from service.contract.fold_state import (
    ARTICLE_PREFIX,
    CLOCK_PREFIX,
    IDENTITY_PREFIX,
    STORY_PREFIX,
    check_state_version,
)
from service.contract.record import Record, Topic
from service.contract.serde import load_json

_TABLES = """
CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE article (
  shard INTEGER NOT NULL, uri TEXT NOT NULL, number INTEGER NOT NULL, clock REAL NOT NULL,
  seen REAL NOT NULL, story TEXT NOT NULL, language TEXT NOT NULL, value BLOB NOT NULL,
  PRIMARY KEY (shard, uri)
);
CREATE INDEX article_in_order ON article (shard, number);
CREATE INDEX article_of_story ON article (shard, story);
CREATE TABLE story (
  shard INTEGER NOT NULL, id TEXT NOT NULL, language TEXT NOT NULL, merged_into TEXT,
  latest REAL NOT NULL, value BLOB NOT NULL,
  PRIMARY KEY (shard, id)
);
CREATE TABLE shared (
  shard INTEGER NOT NULL, key TEXT NOT NULL, time REAL NOT NULL, value BLOB NOT NULL,
  PRIMARY KEY (shard, key)
);
"""

ShardOf = Callable[[str], int]
"""Returns the new shard of a language."""


@dataclass(slots=True)
class Moved:
    """What became of the articles.

    Attributes:
        articles, stories: number of records for the new shards.
        superseded: articles left out, because a later version in another language, which was in
            another shard, is now in the same one.
        without_story: articles left out, because their story has no record.
        apart: articles in the shard of their story that is not the shard of their own language:
            their next version begins anew, in the other one.
    """

    articles: int = 0
    stories: int = 0
    superseded: int = 0
    without_story: int = 0
    apart: int = 0


class StateFile:
    """The file. Use it as a context manager.

    Raises on entering:
        sqlite3.Error: it cannot be written, or is not such a file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._db: sqlite3.Connection

    def __enter__(self) -> Self:
        self._db = sqlite3.connect(self._path)
        if not self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            self._db.executescript(_TABLES)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._db.close()

    def fact(self, name: str) -> str | None:
        """Return a fact about the file; None if it was not set."""
        row = self._db.execute("SELECT value FROM fact WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def set_facts(self, facts: Mapping[str, str]) -> None:
        """Set facts, and have all that was written before on disk."""
        with self._db:
            self._db.executemany("INSERT OR REPLACE INTO fact VALUES (?, ?)", facts.items())

    def clear(self) -> None:
        """Delete everything."""
        with self._db:
            self._db.execute("DELETE FROM fact")
            self._db.execute("DELETE FROM article")
            self._db.execute("DELETE FROM story")

    def put(self, shard: int, key: str, value: bytes | None) -> None:
        """Apply a record of a shard's changelog, or a tombstone.

        Raises:
            UndecodableValue: the value is not JSON.
            NewerState: a later version wrote it.
        """
        if key.startswith(ARTICLE_PREFIX):
            self._put_article(shard, key.removeprefix(ARTICLE_PREFIX), value)
        elif key.startswith(STORY_PREFIX):
            self._put_story(shard, key.removeprefix(STORY_PREFIX), value)
        elif key.startswith((CLOCK_PREFIX, IDENTITY_PREFIX)):
            self._put_shared(shard, key, value)

    def _put_article(self, shard: int, uri: str, value: bytes | None) -> None:
        if value is None:
            self._db.execute("DELETE FROM article WHERE shard = ? AND uri = ?", (shard, uri))
            return
        read = _read(value)
        clock = (read.get("clock") or {}).get("now", read["seen"])
        row = (read["number"], clock, read["seen"], read["story_id"], read["language"], value)
        self._db.execute(
            "INSERT OR REPLACE INTO article VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (shard, uri, *row)
        )

    def _put_story(self, shard: int, story_id: str, value: bytes | None) -> None:
        if value is None:
            # Articles that still name the story are deleted with it, as in a restore.
            self._db.execute("DELETE FROM article WHERE shard = ? AND story = ?", (shard, story_id))
            self._db.execute("DELETE FROM story WHERE shard = ? AND id = ?", (shard, story_id))
            return
        read = _read(value)
        state = read["state"]
        row = (state["language"], state.get("merged_into"), read["latest"], value)
        self._db.execute(
            "INSERT OR REPLACE INTO story VALUES (?, ?, ?, ?, ?, ?)", (shard, story_id, *row)
        )

    def _put_shared(self, shard: int, key: str, value: bytes | None) -> None:
        if value is None:
            self._db.execute("DELETE FROM shared WHERE shard = ? AND key = ?", (shard, key))
            return
        read = _read(value)
        time = read["now"] if key.startswith(CLOCK_PREFIX) else read["last"]
        self._db.execute(
            "INSERT OR REPLACE INTO shared VALUES (?, ?, ?, ?)", (shard, key, time, value)
        )

    def records(self, shards: int, shard_of: ShardOf, moved: Moved) -> Iterator[Record]:
        """Yield the records of the new shards, each of them complete by itself.

        Args:
            shards: the new number of them.
            moved: counts articles and stories.
        """
        homes = self._homes(shard_of)
        superseded = self._superseded(shard_of, homes)
        numbers = _Numbers(self._next_number())
        for shard, uri, number, story, language, value in self._in_order():
            home = homes.get((shard, story))
            if home is None:
                moved.without_story += 1
                continue
            if (shard, uri) in superseded:
                moved.superseded += 1
                continue
            moved.articles += 1
            moved.apart += home != shard_of(language)
            read = orjson.loads(value)
            read["number"] = numbers.add(shard, home, number)
            yield _record(home, ARTICLE_PREFIX + uri, read)
        # Kafka keeps the last record of a key: the one that changed last.
        rows = self._db.execute("SELECT shard, id, value FROM story ORDER BY latest, shard, id")
        for shard, story_id, value in rows:
            moved.stories += 1
            home = homes[shard, story_id]
            read = orjson.loads(value)
            read["withdrawn_before"] = numbers.of(shard, home, read.get("withdrawn_before", 0))
            for decision in read["state"].get("decisions", ()):
                decision["before"] = numbers.of(shard, home, decision.get("before", 0))
            yield _record(home, STORY_PREFIX + story_id, read)
        yield from self._shared_records({each: numbers.end(each) for each in range(shards)})

    def _shared_records(self, ends: Mapping[int, int]) -> Iterator[Record]:
        """Yield clocks and identities.

        Args:
            ends: the number of the next article, by new shard.
        """
        # SQLite takes the other columns from the row that has the maximum.
        rows = self._db.execute("SELECT key, max(time), value FROM shared GROUP BY key")
        for key, _, value in rows:
            read = orjson.loads(value)
            for home, end in ends.items():
                if key.startswith(CLOCK_PREFIX):
                    read["number"] = end
                    read["hosts"] = [[host, end] for host, _ in read.get("hosts", ())]
                yield _record(home, key, read)

    def _next_number(self) -> int:
        """Return a number that no old shard has given."""
        (last,) = self._db.execute("SELECT coalesce(max(number), -1) FROM article").fetchone()
        clocks = self._db.execute(
            "SELECT value FROM shared WHERE key LIKE ?", (CLOCK_PREFIX + "%",)
        )
        numbers = (int(orjson.loads(value).get("number", 0)) for (value,) in clocks)
        return max(int(last) + 1, *numbers, 0)

    def _homes(self, shard_of: ShardOf) -> dict[tuple[int, str], int]:
        """Return the new shard of each story, by its old shard and its id: that of the story that
        it was merged into."""
        rows = self._db.execute("SELECT shard, id, language, merged_into FROM story").fetchall()
        stories = {(shard, story): (language, into) for shard, story, language, into in rows}
        homes = {}
        for shard, story in stories:
            language, into = stories[shard, story]
            while into is not None and (shard, into) in stories:
                language, into = stories[shard, into]
            homes[shard, story] = shard_of(language)
        return homes

    def _superseded(
        self, shard_of: ShardOf, homes: Mapping[tuple[int, str], int]
    ) -> set[tuple[int, str]]:
        """Return the articles, by old shard and uri, of which a later version is in another old
        shard, if both go to the same new one."""
        rows = self._db.execute(
            "SELECT shard, uri, story FROM article WHERE uri IN"
            " (SELECT uri FROM article GROUP BY uri HAVING count(*) > 1) ORDER BY seen, shard"
        )
        newest: dict[tuple[int | None, str], int] = {}
        superseded = set()
        for shard, uri, story in rows:
            place = homes.get((shard, story)), uri
            if place in newest:
                superseded.add((newest[place], uri))
            newest[place] = shard
        return superseded

    def _in_order(self) -> Iterator[tuple[int, str, int, str, str, bytes]]:
        """Yield old shard, uri, old number, story, language and value of the articles."""
        shards = [row[0] for row in self._db.execute("SELECT DISTINCT shard FROM article")]
        for _, *row in heapq.merge(*map(self._of_shard, sorted(shards)), key=lambda row: row[0]):
            shard, number, uri, story, language, value = row
            yield shard, uri, number, story, language, value

    def _of_shard(self, shard: int) -> Iterator[tuple[Any, ...]]:
        """Yield the articles of an old shard in order, each with the latest clock so far."""
        rows = self._db.execute(
            "SELECT clock, shard, number, uri, story, language, value FROM article"
            " WHERE shard = ? ORDER BY number",
            (shard,),
        )
        latest = 0.0
        for clock, *row in rows:
            latest = max(latest, clock)
            yield latest, *row


class _Numbers:
    """The articles' new numbers: ascending in each new shard, in the order of `add`."""

    def __init__(self, first: int) -> None:
        """Give no number below `first`."""
        self._first = first
        self._next: dict[int, int] = {}
        self._old: dict[tuple[int, int], array[int]] = {}
        self._new: dict[tuple[int, int], array[int]] = {}

    def add(self, shard: int, home: int, number: int) -> int:
        """Return the new number of an article; those of one old shard are added in order."""
        new = self.end(home)
        self._next[home] = new + 1
        self._old.setdefault((shard, home), array("q")).append(number)
        self._new.setdefault((shard, home), array("q")).append(new)
        return new

    def end(self, home: int) -> int:
        """Return the number of a new shard's next article."""
        return self._next.get(home, self._first)

    def of(self, shard: int, home: int, bound: int) -> int:
        """Return the new form of a bound: the same articles have a lower number. 0 stays 0."""
        old = self._old.get((shard, home), array("q"))
        at = bisect_left(old, bound)
        if not bound or not at:
            return 0
        return self._new[shard, home][at - 1] + 1


def _read(value: bytes) -> dict[str, Any]:
    read = load_json(value)
    check_state_version(read)
    return dict(read)


def _record(shard: int, key: str, value: Any) -> Record:
    data = orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    return Record(Topic.FOLD_STATE, key.encode(), data, partition=shard)
