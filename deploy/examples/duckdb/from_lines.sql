-- Events as lines of JSON, as the tables that current.sql reads. A line is what `copydesk fold` or
-- `copydesk tail --json` writes, what `kcat -J` prints, or a bare value, as kcat and
-- kafka-console-consumer print it.
--
--   SET VARIABLE events = 'events.jsonl';                        -- also .gz
--   SET VARIABLE events = ['articles.jsonl', 'stories.jsonl'];   -- a dump of each topic
--
-- Types are given here, since a list that is empty in all lines would have none. Of a topic with
-- several partitions the lines of one partition must be in their order, as all of these write them.
-- A line of more than 32 MB (a dead letter of more than 24 MB) needs a higher maximum_object_size,
-- of which each thread takes the double.

CREATE OR REPLACE TEMP TABLE event_lines AS
WITH lines AS (
  SELECT row_number() OVER () AS line, json, json->>'topic' AS topic
  FROM read_ndjson_objects(getvariable('events'), maximum_object_size = 33554432))
SELECT line,
  CASE WHEN topic IS NULL THEN json WHEN (json->'value') IS NOT NULL THEN json->'value'
    ELSE TRY_CAST(json->>'payload' AS JSON) END AS value,
  CASE WHEN regexp_matches(topic, '(^|[.])articles$') THEN 'article'
    WHEN regexp_matches(topic, '(^|[.])stories$') THEN 'story'
    WHEN topic IS NULL AND (json->'translations') IS NOT NULL THEN 'story'
    WHEN topic IS NULL AND (json->'pubStatus') IS NOT NULL THEN 'article'
    WHEN topic IS NULL AND (json->'host_count') IS NOT NULL THEN 'story' END AS kind
FROM lines WHERE kind IS NOT NULL;

CREATE OR REPLACE TABLE article_events AS
SELECT line, event.*, NULL::VARCHAR AS first_fetched_at
FROM (
  SELECT line, from_json(value, '{
    "uri": "VARCHAR", "version": "VARCHAR", "language": "VARCHAR", "pubStatus": "VARCHAR",
    "representationType": "VARCHAR", "by": "VARCHAR", "firstCreated": "VARCHAR",
    "headlines": [{"value": "VARCHAR"}], "bodies": [{"value": "VARCHAR", "wordCount": "BIGINT"}],
    "copydesk": {
      "sequence": "BIGINT",
      "page": {"url": "VARCHAR", "host": "VARCHAR", "fetched_at": "VARCHAR"},
      "wire": {"agency": "VARCHAR", "verified": "VARCHAR"},
      "publisher": {"name": "VARCHAR", "owner": "VARCHAR", "country": "VARCHAR"},
      "quality": {"flags": [{"name": "VARCHAR"}]},
      "story": {"id": "VARCHAR", "relation": "VARCHAR", "parent": "VARCHAR",
        "link_score": "DOUBLE", "authority": "VARCHAR", "notice": "BOOLEAN",
        "evidence": {"words_kept": "DOUBLE", "words_of_parent": "DOUBLE"}}}}') AS event
  FROM event_lines WHERE kind = 'article');

CREATE OR REPLACE TABLE story_events AS
SELECT line, state.*
FROM (
  SELECT line, from_json(value, '{
    "id": "VARCHAR", "status": "VARCHAR", "merged_into": "VARCHAR", "language": "VARCHAR",
    "headline": "VARCHAR", "agency": "VARCHAR", "agency_verified": "BOOLEAN",
    "original": {"uri": "VARCHAR", "host": "VARCHAR", "why": "VARCHAR", "basis": "VARCHAR"},
    "copies": "BIGINT", "repeats": "BIGINT", "hosts": ["VARCHAR"], "host_count": "BIGINT",
    "publisher_count": "BIGINT", "owner_count": "BIGINT", "first_seen": "VARCHAR",
    "last_seen": "VARCHAR", "revision": "BIGINT"}') AS state
  FROM event_lines
  WHERE kind = 'story' AND json_type(value) = 'OBJECT' AND (value->'translations') IS NULL);

-- `stories` has them under keys of their own; bare values have no key, so they are known by their form.
CREATE OR REPLACE TABLE translation_events AS
SELECT line, said.*
FROM (
  SELECT line, from_json(value, '{
    "story": "VARCHAR", "language": "VARCHAR", "translation_of": "VARCHAR", "why": "VARCHAR",
    "translations": [{"story": "VARCHAR", "language": "VARCHAR", "score": "DOUBLE",
      "headline": "VARCHAR", "uri": "VARCHAR", "url": "VARCHAR", "host": "VARCHAR"}]}') AS said
  FROM event_lines WHERE kind = 'story' AND (value->'translations') IS NOT NULL);

DROP TABLE event_lines;
