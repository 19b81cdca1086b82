"""Keeps one row a story in SQLite, from the compacted topic `stories`.

    python stories_table.py --brokers kafka:9092 --database stories.db

The topic holds the whole state of each story, so the table can be thrown away and made anew:
reading starts at the beginning each time. The view `current_stories` has what a front page wants; a
story that was merged is found under the one that took it in, by `story_of`.

The topic also says which stories are translations of one another, under keys of their own: these
are in the table `translations`, a row for each direction. `source` is 1 if the story is a
translation of the other. Ask `story_of` for both sides, since either may have been merged since.
"""

import argparse
import asyncio
import json
import sqlite3

from aiokafka import AIOKafkaConsumer

TABLES = """
CREATE TABLE IF NOT EXISTS stories (
  id TEXT PRIMARY KEY, status TEXT, merged_into TEXT, language TEXT, agency TEXT, headline TEXT,
  original TEXT, copies INTEGER, hosts INTEGER, first_seen TEXT, last_seen TEXT, revision INTEGER);
CREATE TABLE IF NOT EXISTS translations (
  story TEXT, other TEXT, language TEXT, score REAL, source INTEGER, PRIMARY KEY (story, other));
CREATE VIEW IF NOT EXISTS current_stories AS
  SELECT * FROM stories WHERE status = 'active' ORDER BY copies DESC;
"""


TRANSLATIONS = "translations/"
"""Begins the keys of records that are no state of a story."""


def enter(database: sqlite3.Connection, key: str, value: bytes | None) -> None:
    """Put a record of `stories` into the tables: the last one of a key counts."""
    if key.startswith(TRANSLATIONS):
        enter_translations(database, key.removeprefix(TRANSLATIONS), value)
        return
    if value is None:
        database.execute("DELETE FROM stories WHERE id = ?", (key,))
        return
    state = json.loads(value)
    database.execute(
        "INSERT OR REPLACE INTO stories VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            state["id"],
            state["status"],
            state.get("merged_into"),
            state["language"],
            state.get("agency"),
            state["headline"],
            state["original"]["uri"],
            state["copies"],
            state["host_count"],
            state.get("first_seen"),
            state.get("last_seen"),
            state["revision"],
        ),
    )


def enter_translations(database: sqlite3.Connection, story: str, value: bytes | None) -> None:
    """Put the translations of a story in place of those that were said before."""
    database.execute("DELETE FROM translations WHERE story = ?", (story,))
    said = json.loads(value or b'{"translations": []}')
    database.executemany(
        "INSERT INTO translations VALUES (?, ?, ?, ?, ?)",
        [
            (
                *(story, each["story"], each["language"], each["score"]),
                each["story"] == said.get("translation_of"),
            )
            for each in said["translations"]
        ],
    )


def story_of(database: sqlite3.Connection, story: str) -> str:
    """The story that an id stands for now: its own, or that which took it in."""
    while True:
        found = database.execute(
            "SELECT merged_into FROM stories WHERE id = ?", (story,)
        ).fetchone()
        if found is None or found[0] is None:
            return story
        story = found[0]


async def keep(brokers: str, topic: str, path: str) -> None:
    """Read for ever."""
    database = sqlite3.connect(path)
    database.executescript(TABLES)
    consumer = AIOKafkaConsumer(
        topic,  # without a group: all of its partitions, from the beginning
        bootstrap_servers=brokers,
        auto_offset_reset="earliest",
        isolation_level="read_committed",
    )
    await consumer.start()
    try:
        while True:
            got = await consumer.getmany(timeout_ms=1000, max_records=500)
            with database:  # one transaction
                for records in got.values():
                    for record in records:
                        enter(database, record.key.decode(), record.value)
    finally:
        await consumer.stop()
        database.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--brokers", default="127.0.0.1:9092")
    parser.add_argument("--topic", default="stories")
    parser.add_argument("--database", default="stories.db")
    given = parser.parse_args()
    asyncio.run(keep(given.brokers, given.topic, given.database))
