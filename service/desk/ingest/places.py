"""What each article is in its story as of now, in rows that are made to be counted.

An article's event says what it was in its story then. What is true now also follows from the
story: which article its original is, whether it was withdrawn, or merged into another. So after
each batch the rows of what it changed are made anew from the tables, whatever the order of topics.
"""

import sqlite3
from collections.abc import Iterable

import orjson

from service.contract.story import Relation

FORMER = "former"
"""Place of an article that was stated as the original, and is not the original of its story. FOLD
states such an article again as what it is; until that event is read, it is a copy of no kind."""

NO_COPIES = (Relation.ORIGINAL.value, Relation.WITHDRAWAL.value)
"""Places that are no copies: the original of a story, and what was withdrawn."""

IS_COPY = f"place NOT IN {NO_COPIES}"
"""Condition on rows of `places`."""


def place_articles(db: sqlite3.Connection, changed: Iterable[str]) -> None:
    """Make the rows of the articles among `changed`, which are ids of any kind, and of all articles
    of the stories among them of which something changed that the rows follow from.

    Of a story that was merged into one whose state was not read yet, no article is counted.
    """
    ids = orjson.dumps(list(changed)).decode()
    found = db.execute(f"SELECT DISTINCT root FROM stories WHERE id IN {_GIVEN}", (ids,))  # noqa: S608
    roots = orjson.dumps([root for (root,) in found]).decode()
    db.execute(_FORGET, (roots,))
    db.execute(_FORGET_MERGED, (ids,))
    stories = [story for (story,) in db.execute(_REMEMBER, (roots,))]
    db.execute(_PLACE.format(f"m.root IN {_GIVEN}"), (orjson.dumps(stories).decode(),))
    db.execute(_PLACE.format(f"a.uri IN {_GIVEN}"), (ids,))


_GIVEN = "(SELECT value FROM json_each(?))"
_FORGET = f"""
DELETE FROM places WHERE number IN (
  SELECT a.number FROM stories m JOIN articles a ON a.story_id = m.id
  WHERE m.root IN {_GIVEN} AND NOT EXISTS (SELECT 1 FROM stories s WHERE s.id = m.root))
"""  # noqa: S608 - fixed texts
_FORGET_MERGED = f"""
DELETE FROM placed_stories
WHERE story IN (SELECT id FROM stories WHERE root <> id AND id IN {_GIVEN})
"""  # noqa: S608
_REMEMBER = f"""
INSERT INTO placed_stories (story, head, made_with)
SELECT story, head,
  json_array(head, merged, agency, original_host, original_uri, status, stated, first)
FROM (
  SELECT s.id AS story, s.agency, s.original_host, s.original_uri, s.status, s.stated,
    o.seen AS first, (SELECT count(*) FROM stories m WHERE m.root = s.id) AS merged,
    (SELECT min(a.number) FROM stories m JOIN articles a ON a.story_id = m.id
      WHERE m.root = s.id) AS head
  FROM stories s LEFT JOIN articles o ON o.uri = s.original_uri
  WHERE s.id IN {_GIVEN}
)
WHERE head IS NOT NULL
ON CONFLICT (story) DO UPDATE SET head = excluded.head, made_with = excluded.made_with
WHERE made_with <> excluded.made_with
RETURNING story
"""  # noqa: S608
_VALUES = ("story", "head", "up", "agency", "source", "host", "language", "seen", "day", "place")
_PLACE = f"""
INSERT INTO places (number, {", ".join(_VALUES)}, delay)
SELECT number, {", ".join(_VALUES)},
  CASE WHEN {IS_COPY} AND seen >= first
    THEN CAST(strftime('%s', seen) AS INTEGER) - CAST(strftime('%s', first) AS INTEGER) END
FROM (
  SELECT a.number, s.id AS story, k.head,
    s.status <> 'withdrawn' AS up, coalesce(s.agency, '') AS agency, s.original_host AS source,
    a.host, a.language, a.seen, substr(a.seen, 1, 10) AS day, o.seen AS first,
    CASE
      WHEN a.canceled OR a.relation = 'withdrawal' OR s.status = 'withdrawn' THEN 'withdrawal'
      WHEN NOT s.stated THEN a.relation
      WHEN a.uri = s.original_uri THEN 'original'
      WHEN a.relation = 'original' THEN '{FORMER}'
      ELSE a.relation
    END AS place
  FROM stories m JOIN articles a ON a.story_id = m.id JOIN stories s ON s.id = m.root
  JOIN placed_stories k ON k.story = m.root LEFT JOIN articles o ON o.uri = s.original_uri
  WHERE {{}}
)
WHERE true
ON CONFLICT (number) DO UPDATE SET delay = excluded.delay,
  {", ".join(f"{name} = excluded.{name}" for name in _VALUES)}
WHERE (delay, {", ".join(_VALUES)})
  IS NOT (excluded.delay, {", ".join(f"excluded.{name}" for name in _VALUES)})
"""  # noqa: S608 - fixed texts
