"""Ingest from `stories`: the stories in other languages that LINK found for one."""

import sqlite3

from service.contract.serde import dump, load
from service.contract.translations import TRANSLATIONS_PREFIX, StoryTranslations
from service.desk.ingest.record import Arrived

_PREFIX = TRANSLATIONS_PREFIX.encode()


def says_translations(record: Arrived) -> bool:
    """Return True if a record on `stories` tells of translations, and is not a story's state."""
    return (record.key or b"").startswith(_PREFIX)


def ingest_translations(db: sqlite3.Connection, record: Arrived) -> tuple[str, ...]:
    """Write the translations of one story in place of those that were said before; returns its id
    and theirs.

    Neither the story nor its translations need have been read: which of them are shown, and under
    which story, follows from the tables when a page asks (`queries/translations.py`).

    Raises:
        UndecodableValue: the value is not what LINK writes.
    """
    said = load(StoryTranslations, record.value or b"")
    before = db.execute("SELECT other FROM translations WHERE story = ?", (said.story,)).fetchall()
    db.execute("DELETE FROM translations WHERE story = ?", (said.story,))
    db.executemany(
        "INSERT OR IGNORE INTO translations VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                *(said.story, each.story, each.language, each.score, each.headline, each.uri),
                *(each.url, each.host, dump(each.evidence).decode()),
                each.story == said.translation_of,
                said.why if each.story == said.translation_of else None,
                record.time,
            )
            for each in said.translations
            if each.story != said.story
        ],
    )
    others = {other for (other,) in before} | {each.story for each in said.translations}
    return said.story, *sorted(others - {said.story})
