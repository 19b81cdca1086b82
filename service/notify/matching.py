"""Whether one event matches a query: the desk's own conditions, asked of tables that hold that
event alone.

The tables are the desk's and are in memory, so that words, hosts and times mean here what they mean
in the search box. They differ in what one event cannot know: see `OneEvent`.
"""

import sqlite3
from dataclasses import replace
from typing import Any

from service.contract.record import Topic
from service.contract.serde import UndecodableValue, load_json
from service.desk.ingest.batch import ingest_batch
from service.desk.ingest.record import Arrived
from service.desk.queries.story_conditions import on_articles, on_stories
from service.desk.queries.story_filters import StoryFilters
from service.desk.read_model import open_in_memory

WITHDRAWN = "copydesk.article.withdrawn"


class OneEvent:
    """Tables that hold one event at a time.

    The story is as of the event: its original and its agency are what the event says of them. The
    time is that of the fetch of this version, where the desk has the first one's. The text is what
    the event carries: one without a text matches no word of it.
    """

    def __init__(self) -> None:
        self._db = open_in_memory()

    def matches(self, event: Arrived, filters: StoryFilters) -> bool:
        """Return True if an event on `articles` or `stories` meets all filters.

        A record that is no event matches nothing, and the log says so.
        """
        self._db.execute("BEGIN")
        try:
            ingest_batch(self._db, [event], keep=1)
            if event.topic is Topic.ARTICLES:
                _state_story(self._db, event)
            return _is_found(self._db, event.topic, filters)
        finally:
            self._db.execute("ROLLBACK")

    def close(self) -> None:
        """Give the memory back."""
        self._db.close()


def without_text(filters: StoryFilters) -> StoryFilters:
    """Return what a takedown of an article can still be asked: it has neither the article's text
    and authors nor its relation."""
    return replace(filters, q="", by="", relation="", flag="")


def is_withdrawal(event: Arrived) -> bool:
    """Return True if the event takes an article down."""
    return event.header("ce_type") == WITHDRAWN


def _is_found(db: sqlite3.Connection, topic: Topic, filters: StoryFilters) -> bool:
    stories, articles = on_stories(filters), on_articles(filters)
    if topic is Topic.STORIES:
        sql, values = f"SELECT 1 FROM stories s WHERE {stories.where}", stories.values  # noqa: S608
    else:
        sql = (
            "SELECT 1 FROM places p JOIN stories s ON s.id = p.story"  # noqa: S608 - fixed
            f" WHERE {stories.where} AND {articles.where}"
        )
        values = [*stories.values, *articles.values]
    return db.execute(f"{sql} LIMIT 1", values).fetchone() is not None


def _state_story(db: sqlite3.Connection, event: Arrived) -> None:
    """Write what the event says of its story in place of what its article alone would make it."""
    original = _original(event)
    db.execute(
        "UPDATE stories SET original_host = ?, agency = ?",
        (original.get("host", ""), original.get("agency")),
    )


def _original(event: Arrived) -> Any:
    try:
        return load_json(event.value or b"null")["copydesk"]["story"].get("original") or {}
    except (UndecodableValue, KeyError, TypeError, AttributeError):
        return {}
