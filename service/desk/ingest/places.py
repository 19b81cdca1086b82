"""What each article is in its story as of now, in rows that are made to be counted.

An article's event says what it was in its story then. What is true now also follows from the
story: which article its original is, whether it was withdrawn, or merged into another. So after
each batch the rows of all articles of the stories that it changed are made anew.
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


def place_articles(db: sqlite3.Connection, changed: Iterable[str]) -> None:
    """Make the rows of all articles of the stories among `changed`, which are ids of any kind.

    Of a story that was merged into one whose state was not read yet, no article is counted.
    """
    found = db.execute(
        "SELECT DISTINCT root FROM stories WHERE id IN (SELECT value FROM json_each(?))",
        (orjson.dumps(list(changed)).decode(),),
    )
    roots = orjson.dumps([root for (root,) in found]).decode()
    db.execute(_FORGET, (roots,))
    db.execute(_PLACE, (roots,))


_OF_ROOTS = (
    "stories m JOIN articles a ON a.story_id = m.id"
    " WHERE m.root IN (SELECT value FROM json_each(?))"
)
_FORGET = f"""
DELETE FROM places WHERE number IN (SELECT a.number FROM {_OF_ROOTS}
AND NOT EXISTS (SELECT 1 FROM stories s WHERE s.id = m.root))
"""  # noqa: S608 - fixed texts
_VALUES = ("story", "head", "up", "agency", "source", "host", "language", "seen", "day", "place")
_PLACE = f"""
INSERT INTO places (number, {", ".join(_VALUES)}, delay)
SELECT number, {", ".join(_VALUES)},
  CASE WHEN place NOT IN ('original', 'withdrawal') AND seen >= first
    THEN CAST(strftime('%s', seen) AS INTEGER) - CAST(strftime('%s', first) AS INTEGER) END
FROM (
  SELECT a.number, s.id AS story, min(a.number) OVER (PARTITION BY m.root) AS head,
    s.status <> 'withdrawn' AS up, coalesce(s.agency, '') AS agency, s.original_host AS source,
    a.host, a.language, a.seen, substr(a.seen, 1, 10) AS day, o.seen AS first,
    CASE
      WHEN a.canceled OR a.relation = 'withdrawal' OR s.status = 'withdrawn' THEN 'withdrawal'
      WHEN NOT s.stated THEN a.relation
      WHEN a.uri = s.original_uri THEN 'original'
      WHEN a.relation = 'original' THEN '{FORMER}'
      ELSE a.relation
    END AS place
  FROM stories m CROSS JOIN articles a ON a.story_id = m.id JOIN stories s ON s.id = m.root
  LEFT JOIN articles o ON o.uri = s.original_uri
  WHERE m.root IN (SELECT value FROM json_each(?))
)
WHERE true
ON CONFLICT (number) DO UPDATE SET delay = excluded.delay,
  {", ".join(f"{name} = excluded.{name}" for name in _VALUES)}
WHERE (delay, {", ".join(_VALUES)})
  IS NOT (excluded.delay, {", ".join(f"excluded.{name}" for name in _VALUES)})
"""  # noqa: S608 - fixed texts
