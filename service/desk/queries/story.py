"""One story: its state, the stories merged into it, its articles, its history."""

import sqlite3
from dataclasses import dataclass

import orjson

from service.contract.article_event import ArticleEvent
from service.contract.identity import ARTICLE_URN, STORY_URN
from service.contract.serde import load
from service.contract.story import Claim
from service.desk.ingest.article import CANCELED
from service.desk.queries.story_copies import Copies, CopyFilters, list_copies

TAKES_SHOWN = 200
TEXTS_COMPARED = 4
"""Newest versions of an original that its copies are compared with."""

BY_ITSELF = """
(v.takedown AND v.authority = 'operator' AND EXISTS (
  SELECT 1 FROM story_decisions d, json_each(d.decisions, '$.decisions') e
  WHERE d.story_id = m.root AND json_extract(e.value, '$.action') = 'withdraw'
  AND json_extract(e.value, '$.target') = v.uri
  AND datetime(json_extract(e.value, '$.at')) = datetime(v.time)))
"""
"""Whether a version `v` was taken down by a decision of the operator about this article alone, and
not with its story, of which `m.root` is the id. The decision's time is that of the event."""

RESTATED = "copydesk.article.restated"
"""Type of an event that states an article's place in its story again, without its text."""

TIMELINE_ARTICLES = 2000
"""Maximum number of articles on a story's time line."""


@dataclass(frozen=True, slots=True)
class Member:
    """An article of a story: its row, and the event that the row was made from, with the place in
    the story that was stated last."""

    row: sqlite3.Row
    event: ArticleEvent


@dataclass(frozen=True, slots=True)
class ShownClaim:
    """A claim about a story, and whether the article that makes it is stored."""

    claim: Claim
    is_stored: bool


@dataclass(frozen=True, slots=True)
class Story:
    """What a story's page shows.

    Attributes:
        merged: rows of the stories that were merged into it.
        original: None if the article is not stored (any more).
        texts: (version, text) of the original, newest first; without withdrawn text.
        copies: one page of the other articles.
        listed: how many there are, by relation and in all.
        timeline: uri, time and relation of all articles (the first `TIMELINE_ARTICLES`).
        takes: rows of `versions`: originals, updates, corrections, withdrawals, later versions,
            articles stated again; `by_itself` as of `BY_ITSELF`.
        changes: rows of `story_changes`.
        claims: what was declared without authority over the story.
        notice: the newest event that shows who withdrew the story: a row with uri, host, time,
            authority and `takedown`; None if none is stored.
    """

    row: sqlite3.Row
    merged: list[sqlite3.Row]
    original: Member | None
    texts: list[tuple[int, str]]
    copies: list[Member]
    listed: Copies
    timeline: list[sqlite3.Row]
    relations: list[tuple[str, int]]
    takes: list[sqlite3.Row]
    changes: list[sqlite3.Row]
    claims: list[ShownClaim]
    notice: sqlite3.Row | None


def text_of(event: ArticleEvent) -> str | None:
    """The text of an event; None if it has none or was taken down."""
    if event.pub_status == CANCELED:
        return None
    return "\n\n".join(body.value for body in event.bodies) or None


def root_of(db: sqlite3.Connection, story_id: str) -> str | None:
    """Id of the story that holds this one's articles now; None if this one is not stored."""
    row = db.execute("SELECT root FROM stories WHERE id = ?", (story_id,)).fetchone()
    return row["root"] if row else None


def story_of(db: sqlite3.Connection, given: str) -> str | None:
    """Id of the story that an id means, a story's or an article's, with or without its prefix; of a
    merged story the one that holds its articles now. None if none is stored."""
    key = given.removeprefix(STORY_URN).removeprefix(ARTICLE_URN)
    row = db.execute(
        "SELECT root FROM stories WHERE id = ? UNION ALL SELECT m.root FROM articles a"
        " JOIN stories m ON m.id = a.story_id WHERE a.uri = ? LIMIT 1",
        (STORY_URN + key, ARTICLE_URN + key),
    ).fetchone()
    return row["root"] if row else None


def load_story(db: sqlite3.Connection, story_id: str, filters: CopyFilters) -> Story | None:
    """One story with a page of its copies; None if it is not stored."""
    row = db.execute("SELECT * FROM stories WHERE id = ?", (story_id,)).fetchone()
    if row is None:
        return None
    merged = db.execute(
        "SELECT * FROM stories WHERE root = ? AND id <> ? ORDER BY first_seen", (story_id, story_id)
    ).fetchall()
    original = load_member(db, row["original_uri"])
    copies = list_copies(db, story_id, row["original_uri"], filters)
    members = [load_member(db, uri) for uri in copies.uris]
    return Story(
        row=row,
        merged=merged,
        original=original,
        texts=_texts(db, row["original_uri"]),
        copies=[member for member in members if member is not None],
        listed=copies,
        timeline=db.execute(
            f"SELECT a.uri, a.seen, a.relation, a.host, a.title FROM {_ARTICLES}"  # noqa: S608
            " ORDER BY a.seen, a.number LIMIT ?",
            (story_id, TIMELINE_ARTICLES),
        ).fetchall(),
        relations=[
            (found["relation"], found["articles"])
            for found in db.execute(
                f"SELECT a.relation, count(*) AS articles FROM {_ARTICLES}"  # noqa: S608
                " GROUP BY a.relation ORDER BY articles DESC, a.relation",
                (story_id,),
            )
        ],
        takes=db.execute(
            "SELECT v.event_id, v.uri, v.version, v.relation, v.authority, v.takedown,"  # noqa: S608
            f" v.type, v.time, a.host, {BY_ITSELF} AS by_itself,"
            " json_extract(CAST(v.value AS TEXT), '$.headlines[0].value') AS title"
            " FROM versions v JOIN articles a ON a.uri = v.uri"
            " JOIN stories m ON m.id = v.story_id"
            " WHERE m.root = ? AND (v.version > 1 OR v.type = ? OR v.relation IN"
            " ('original', 'update', 'correction', 'withdrawal')) ORDER BY v.time, v.version"
            " LIMIT ?",
            (story_id, RESTATED, TAKES_SHOWN),
        ).fetchall(),
        changes=db.execute(
            "SELECT c.* FROM story_changes c JOIN stories m ON m.id = c.story_id"
            " WHERE m.root = ? ORDER BY c.time LIMIT ?",
            (story_id, TAKES_SHOWN),
        ).fetchall(),
        claims=_claims(db, row["claims"]),
        notice=db.execute(_NOTICE, (story_id,)).fetchone(),
    )


def load_member(db: sqlite3.Connection, uri: str) -> Member | None:
    """The newest version of an article, with its event."""
    row = db.execute(
        "SELECT a.*, m.root, s.status AS story_status, v.value, v.takedown,"  # noqa: S608
        f" CASE WHEN p.event_id <> v.event_id THEN p.value END AS placement,"
        f" {BY_ITSELF} AS by_itself,"
        " s.agency_verified AND s.agency = a.agency AS agency_verified FROM articles a"
        " JOIN versions v ON v.event_id = a.event_id"
        " JOIN versions p ON p.event_id = a.placed_by"
        " JOIN stories m ON m.id = a.story_id LEFT JOIN stories s ON s.id = m.root"
        " WHERE a.uri = ?",
        (uri,),
    ).fetchone()
    return Member(row, _placed(row)) if row else None


def _placed(row: sqlite3.Row) -> ArticleEvent:
    """Return a row's event, with the place in the story that was stated last."""
    event = load(ArticleEvent, row["value"])
    if row["placement"] is None:
        return event
    story = load(ArticleEvent, row["placement"]).copydesk.story
    block = event.copydesk.model_copy(update={"story": story})
    return event.model_copy(update={"copydesk": block})


def _texts(db: sqlite3.Connection, uri: str) -> list[tuple[int, str]]:
    found = db.execute(
        "SELECT version, value FROM versions WHERE uri = ? AND type <> ?"
        " ORDER BY version DESC LIMIT ?",
        (uri, RESTATED, TEXTS_COMPARED),
    ).fetchall()
    events = [(version, load(ArticleEvent, value)) for version, value in found]
    return [(version, text) for version, event in events if (text := text_of(event))]


def _claims(db: sqlite3.Connection, stored: str) -> list[ShownClaim]:
    claims = [Claim.model_validate(claim) for claim in orjson.loads(stored)]
    placeholders = ",".join("?" * len(claims))
    found = db.execute(
        f"SELECT uri FROM articles WHERE uri IN ({placeholders})",  # noqa: S608
        [claim.uri for claim in claims],
    )
    uris = {uri for (uri,) in found}
    return [ShownClaim(claim, claim.uri in uris) for claim in claims]


_NOTICE = f"""
SELECT v.uri, v.time, v.authority, v.takedown, a.host
FROM versions v JOIN articles a ON a.uri = v.uri JOIN stories m ON m.id = v.story_id
WHERE m.root = ? AND v.relation = 'withdrawal' AND (v.takedown OR v.authority <> 'claimed')
AND NOT {BY_ITSELF} ORDER BY v.time DESC, v.takedown LIMIT 1
"""  # noqa: S608
"""The articles that a notice takes down have its authority; `claimed` if by the quorum."""

_ARTICLES = "articles a JOIN stories m ON m.id = a.story_id WHERE m.root = ?"
