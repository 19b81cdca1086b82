"""Keeps the articles in SQLite, one row a uri, searchable; what is withdrawn loses its text.

    python index_articles.py --brokers kafka:9092 --database articles.db --where language=de

With `--where` it keeps only articles whose headers say so, read before their values are. A
withdrawal is always read. What an article says may change with its next version: `language` and
`host` stay, for nearly all.

Four rules make it right through crashes, repeats, withdrawals and late originals, in whatever order
the events are read:

- A row is replaced by an event with a higher `sequence`, never by one with a lower: the events of
  an article may come in two partitions, since the key is the story's id. Events of versions without
  it count as 0; of two of these the higher `version` wins, and at the same version `canceled`.
- An event that is `partial` says what the article is in its story now, and nothing else: the row
  keeps its text. What a row says of the story has a sequence of its own, `placed`.
- Withdrawn articles keep their row, so that an older event does not bring the text back.
- Rows and positions are written in one transaction, and the reading goes on from the positions in
  the database: each event counts once.
"""

import argparse
import asyncio
import json
import sqlite3
from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition

TABLES = """
CREATE TABLE IF NOT EXISTS articles (
  uri TEXT PRIMARY KEY, sequence INTEGER, placed INTEGER, version INTEGER, status TEXT, story TEXT,
  relation TEXT, original TEXT, agency TEXT, language TEXT, url TEXT, published TEXT, headline TEXT,
  body TEXT);
CREATE VIRTUAL TABLE IF NOT EXISTS articles_text USING fts5(uri UNINDEXED, headline, body);
CREATE TABLE IF NOT EXISTS positions (
  topic TEXT, number INTEGER, next INTEGER, PRIMARY KEY (topic, number));
"""

INSERT = """
INSERT OR IGNORE INTO articles (uri, sequence, placed, version) VALUES (:uri, -1, -1, 0)
"""

REPLACE = """
UPDATE articles SET sequence = :sequence, version = :version, status = :status, agency = :agency,
  language = :language, url = :url, published = :published, headline = :headline, body = :body
WHERE uri = :uri AND (:sequence > sequence OR :sequence = sequence AND
  (:version > version OR :version = version AND status != 'canceled'))
"""

PLACE = """
UPDATE articles SET placed = :sequence, story = :story, relation = :relation, original = :original
WHERE uri = :uri AND (:sequence > placed OR :sequence = placed AND :version >= version)
"""


def row_of(event: dict[str, Any]) -> dict[str, Any]:
    """An event of `articles` as a row; a withdrawn one has no text."""
    about = event["copydesk"]
    canceled = event["pubStatus"] == "canceled"
    return {
        "uri": event["uri"],
        "sequence": about.get("sequence", 0),
        "version": int(event["version"]),
        "status": event["pubStatus"],
        "story": about["story"]["id"],
        "relation": about["story"]["relation"],
        "original": about["story"].get("original", {}).get("uri"),
        "agency": about["wire"].get("agency"),
        "language": event["language"],
        "url": about["page"]["url"],
        "published": event.get("firstCreated"),
        "headline": event["headlines"][0]["value"],
        "body": None if canceled or not event["bodies"] else event["bodies"][0]["value"],
    }


NAMES = {"language", "agency", "relation", "host", "story", "publisher"}
WITHDRAWN = b"copydesk.article.withdrawn"


def chosen(headers: dict[str, bytes], where: list[tuple[str, str]]) -> bool:
    """Whether the headers of an event have all of the values that are asked for."""
    if headers["ce_type"] == WITHDRAWN:
        return True
    return all(headers.get(f"ce_{name}", b"") == value.encode() for name, value in where)


def enter(database: sqlite3.Connection, event: dict[str, Any]) -> None:
    """Put an event into the tables; an older one changes nothing."""
    row = row_of(event)
    database.execute(INSERT, row)
    is_partial = event.get("representationType") == "partial"
    if not is_partial and database.execute(REPLACE, row).rowcount:
        database.execute("DELETE FROM articles_text WHERE uri = :uri", row)
        if row["body"] is not None:
            database.execute("INSERT INTO articles_text VALUES (:uri, :headline, :body)", row)
    database.execute(PLACE, row)


async def index(brokers: str, topic: str, path: str, where: list[tuple[str, str]]) -> None:
    """Read for ever."""
    database = sqlite3.connect(path)
    database.executescript(TABLES)
    consumer = AIOKafkaConsumer(
        topic,  # without a group: all of its partitions
        bootstrap_servers=brokers,
        auto_offset_reset="earliest",
        isolation_level="read_committed",  # what a crash left half written is never seen
        max_partition_fetch_bytes=16 * 1024 * 1024,
    )
    await consumer.start()
    try:
        for number, position in database.execute(
            "SELECT number, next FROM positions WHERE topic = ?", (topic,)
        ):
            consumer.seek(TopicPartition(topic, number), position)
        while True:
            got = await consumer.getmany(timeout_ms=1000, max_records=500)
            with database:  # one transaction
                for partition, records in got.items():
                    for record in records:
                        if chosen(dict(record.headers), where):
                            enter(database, json.loads(record.value))
                    database.execute(
                        "INSERT OR REPLACE INTO positions VALUES (?, ?, ?)",
                        (topic, partition.partition, records[-1].offset + 1),
                    )
    finally:
        await consumer.stop()
        database.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--brokers", default="127.0.0.1:9092")
    parser.add_argument("--topic", default="articles")
    parser.add_argument("--database", default="articles.db")
    parser.add_argument("--where", action="append", default=[], metavar="NAME=VALUE")
    given = parser.parse_args()
    where = [(name, value) for name, _, value in (each.partition("=") for each in given.where)]
    if unknown := {name for name, _ in where} - NAMES:
        parser.error(f"--where knows {', '.join(sorted(NAMES))}, and not {', '.join(unknown)}")
    asyncio.run(index(given.brokers, given.topic, given.database, where))
