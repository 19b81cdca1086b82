"""Reads what `copydesk fold` wrote with DuckDB, and prints counts.

python read_fold.py FILE
"""

import json
import sys

import duckdb

EVENTS = """
SELECT value->'copydesk'->'story'->>'relation' AS relation, count(*),
  count(DISTINCT value->>'uri'), sum(length(value->'bodies'->0->>'value'))
FROM read_json(?, format = 'newline_delimited', columns = {topic: 'VARCHAR', value: 'JSON'})
WHERE topic = 'articles' GROUP BY relation ORDER BY relation
"""
STORIES = """
SELECT value.id, arg_max(value.copies, line), arg_max(value.original_host, line)
FROM (SELECT *, row_number() OVER () AS line
      FROM read_json_auto(?, sample_size = -1, maximum_object_size = 2000000))
WHERE topic = 'stories' GROUP BY value.id ORDER BY value.id
"""

database = duckdb.connect(config={"threads": 1})
print(json.dumps([database.execute(query, sys.argv[1:]).fetchall() for query in (EVENTS, STORIES)]))
