"""Size limits of the read model: the oldest rows above them are deleted."""

import sqlite3

PAGES_WITHOUT_EVENT = 200_000
"""Maximum of rejected pages, and of failed pages; the counts by host are kept for longer."""

HOURS = 24 * 90
"""Hours of counts kept for a host, back from its newest count."""

_SLACK = 1.02
"""Factor by which a limit may be exceeded before rows are deleted: not every batch deletes."""


def forget_oldest(db: sqlite3.Connection, articles: int) -> None:
    """Delete the stories without news for longest if there are too many `articles`, and the oldest
    rejected and failed pages."""
    if _count(db, "articles") > articles * _SLACK:
        _forget_stories(db, articles)
    for table in ("rejected", "failed"):
        newest = db.execute(f"SELECT max(number) FROM {table}").fetchone()[0] or 0  # noqa: S608
        if newest > PAGES_WITHOUT_EVENT:
            db.execute(
                f"DELETE FROM {table} WHERE number <= ?",  # noqa: S608 - one of two names
                (newest - PAGES_WITHOUT_EVENT,),
            )


def forget_hours(db: sqlite3.Connection) -> None:
    """Delete counts that are more than `HOURS` older than their host's newest."""
    for table in ("host_signs", "host_hours"):  # in this order: the second has the newest hours
        db.execute(
            f"DELETE FROM {table} WHERE hour < (SELECT strftime('%Y-%m-%dT%H',"  # noqa: S608
            " max(newest.hour) || ':00:00', ?) FROM host_hours newest"
            f" WHERE newest.host = {table}.host)",
            (f"-{HOURS} hours",),
        )


def _forget_stories(db: sqlite3.Connection, articles: int) -> None:
    excess = _count(db, "articles") - articles
    for (story_id,) in db.execute("SELECT id FROM stories ORDER BY last_seen, id").fetchall():
        if excess <= 0:
            break
        numbers = db.execute(
            "SELECT number, uri FROM articles WHERE story_id = ?", (story_id,)
        ).fetchall()
        for number, uri in numbers:
            db.execute("DELETE FROM article_text WHERE rowid = ?", (number,))
            db.execute("DELETE FROM article_flags WHERE number = ?", (number,))
            db.execute("DELETE FROM places WHERE number = ?", (number,))
            db.execute("DELETE FROM versions WHERE uri = ?", (uri,))
        db.execute("DELETE FROM articles WHERE story_id = ?", (story_id,))
        db.execute("DELETE FROM placed_stories WHERE story = ?", (story_id,))
        db.execute("DELETE FROM story_changes WHERE story_id = ?", (story_id,))
        db.execute("DELETE FROM story_decisions WHERE story_id = ?", (story_id,))
        db.execute("DELETE FROM translations WHERE story = ?", (story_id,))
        db.execute("DELETE FROM stories WHERE id = ?", (story_id,))
        excess -= len(numbers)
    # What is said of a story after it was deleted would stay for ever. A newer story may be one
    # whose state was not read yet.
    db.execute(
        "DELETE FROM translations WHERE time < (SELECT min(last_seen) FROM stories)"
        " AND story NOT IN (SELECT id FROM stories)"
    )


def _count(db: sqlite3.Connection, table: str) -> int:
    return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608
