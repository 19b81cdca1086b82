"""Keeps one row a story in SQLite, from the compacted topic `stories`.

    python stories_table.py --brokers kafka:9092 --database stories.db

The topic holds the whole state of each story, so the table can be thrown away and made anew:
reading starts at the beginning each time. The view `current_stories` has what a front page wants; a
story that was merged is found under the one that took it in, by `story_of`.
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
CREATE VIEW IF NOT EXISTS current_stories AS
  SELECT * FROM stories WHERE status = 'active' ORDER BY copies DESC;
"""


def enter(database: sqlite3.Connection, story: str, value: bytes | None) -> None:
    """Put a record of `stories` into the table: the last one of a key counts."""
    if value is None:
        database.execute("DELETE FROM stories WHERE id = ?", (story,))
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
