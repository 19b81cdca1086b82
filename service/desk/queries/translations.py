"""The stories in other languages that LINK found for a story, as of now.

What LINK says names stories as they were then. Since then one may have been merged into another, or
withdrawn; the events that tell so are on other partitions and may be read before or after. So who
is linked to whom is looked up here, through the stories that hold the articles now.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from service.contract.serde import load
from service.contract.translations import TranslationEvidence

Role = Literal["source", "translation"]


@dataclass(frozen=True, slots=True)
class ShownTranslation:
    """A story in another language.

    Attributes:
        story: the one that holds its articles now.
        uri: of its original.
        is_stored: whether the story is stored, so that it has a page.
        has_text: whether its original is stored, so that it can be shown beside another.
        role: `source` if the story that is asked about is a translation of this one, `translation`
            if this one is a translation of it; None if that is not decided.
        why: what decided it.
    """

    story: str
    language: str
    score: float
    headline: str
    uri: str
    url: str
    host: str
    evidence: TranslationEvidence
    is_stored: bool
    has_text: bool
    role: Role | None = None
    why: str | None = None


_LINKS = """
SELECT m.root AS story, coalesce(o.root, t.other) AS found, t.language, t.score, t.headline, t.uri,
  t.url, t.host, t.evidence, t.is_source, t.why, r.id IS NOT NULL AS is_stored,
  r.headline AS now_headline, r.original_uri, r.original_host, r.language AS now_language,
  a.url AS now_url, a.uri IS NOT NULL AS has_text
FROM stories m JOIN translations t ON t.story = m.id
LEFT JOIN stories o ON o.id = t.other LEFT JOIN stories r ON r.id = o.root
LEFT JOIN articles a ON a.uri = coalesce(r.original_uri, t.uri)
JOIN stories s ON s.id = m.root
WHERE s.status <> 'withdrawn' AND coalesce(r.status, '') <> 'withdrawn'
AND coalesce(o.root, t.other) <> m.root
"""
"""Links of stories as of now. A link within one story is none: they were merged into one."""

IS_LINKED = f"s.id IN (SELECT story FROM ({_LINKS}))"  # noqa: S608 - a fixed text
"""Condition on `stories s`: there is one in another language."""


def load_translations(db: sqlite3.Connection, story_id: str) -> list[ShownTranslation]:
    """Return the stories in other languages of a story that was not merged, the best first; each
    once, with the best of its links."""
    rows = db.execute(
        f"{_LINKS} AND m.root = ? ORDER BY t.score DESC, found", (story_id,)
    ).fetchall()
    found: dict[str, ShownTranslation] = {}
    for row in rows:
        found.setdefault(row["found"], _shown(row))
        if row["is_source"]:
            found[row["found"]] = replace(found[row["found"]], role="source", why=row["why"])
    for other, shown in found.items():
        if shown.role is None and (back := _says_back(db, other, story_id)) is not None:
            found[other] = replace(shown, role="translation", why=back["why"])
    return list(found.values())


def languages_beside(db: sqlite3.Connection, stories: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return the languages in which stories are told elsewhere, in order of the alphabet; stories
    that are told in none are left out."""
    marks = ",".join("?" * len(stories))
    rows = db.execute(
        f"SELECT DISTINCT story, coalesce(now_language, language) AS language"  # noqa: S608
        f" FROM ({_LINKS} AND m.root IN ({marks})) ORDER BY 1, 2",
        list(stories),
    )
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows:
        found[row["story"]].append(row["language"])
    return {story: tuple(languages) for story, languages in found.items()}


def _says_back(db: sqlite3.Connection, other: str, story_id: str) -> sqlite3.Row | None:
    """The link by which another story is said to be a translation of this one."""
    row: sqlite3.Row | None = db.execute(
        f"{_LINKS} AND m.root = ? AND found = ? AND t.is_source",
        (other, story_id),
    ).fetchone()
    return row


def _shown(row: sqlite3.Row) -> ShownTranslation:
    """What is known of the story now; of one that is not stored, what was said of it."""
    stored = bool(row["is_stored"])
    return ShownTranslation(
        story=row["found"],
        language=row["now_language"] if stored else row["language"],
        score=row["score"],
        headline=row["now_headline"] if stored else row["headline"],
        uri=row["original_uri"] if stored else row["uri"],
        url=row["now_url"] or row["url"],
        host=row["original_host"] if stored else row["host"],
        evidence=load(TranslationEvidence, row["evidence"].encode()),
        is_stored=stored,
        has_text=bool(row["has_text"]),
    )
