-- What is true now of each article and each story: versions, restatements, takedowns and merges
-- applied. Run one of the from_*.sql first.
--
--   current_articles    usable articles, one row each, in the story that they are in now
--   withdrawn_articles  what was taken down, and the notices that said so
--   current_stories     active stories
--   current_translations  active stories that are one text in two languages, a row for each direction
--
-- Times are UTC. `first_fetched` is the earliest fetch of an article, `fetched` that of the version.

-- A cast of the text alone would leave the offset out.
CREATE OR REPLACE MACRO utc(moment) AS make_timestamp(epoch_us(TRY_CAST(moment AS TIMESTAMPTZ)));

-- Of two events the one with the higher sequence is valid, in whatever order they were read. Events
-- of version 0.1.0 have none: of two of these the higher version, at the same version `canceled`.
CREATE OR REPLACE VIEW newest_events AS
WITH ranked AS (
  SELECT uri, line, coalesce(copydesk.sequence, 0) AS sequence, TRY_CAST(version AS BIGINT) AS number,
    pubStatus = 'canceled' AS canceled, coalesce(representationType = 'partial', false) AS partial,
    least(utc(copydesk.page.fetched_at), utc(first_fetched_at))
      AS fetched
  FROM article_events)
SELECT uri, min(fetched) AS first_fetched,
  arg_max(line, (sequence, number, canceled, line)) FILTER (NOT partial) AS text_line,
  arg_max(line, (sequence, number, canceled, line)) AS story_line
FROM ranked GROUP BY uri;

CREATE OR REPLACE VIEW newest_states AS
SELECT * FROM story_events WHERE line IN (SELECT max(line) FROM story_events GROUP BY id);

-- Every story that was merged, with the story that it is part of in the end.
CREATE OR REPLACE VIEW merged_stories AS
WITH RECURSIVE chain AS (
  SELECT id, merged_into AS now FROM newest_states WHERE status = 'merged'
  UNION
  SELECT chain.id, further.merged_into FROM chain
  JOIN newest_states AS further ON further.id = chain.now AND further.status = 'merged')
SELECT chain.id, chain.now FROM chain
LEFT JOIN newest_states AS last ON last.id = chain.now
WHERE last.status IS DISTINCT FROM 'merged';

CREATE OR REPLACE VIEW current_stories AS
SELECT id, language, headline, agency, agency_verified, original.uri AS original,
  original.host AS original_host, original.why AS why_original, original.basis AS basis,
  copies, repeats, hosts, host_count, publisher_count, owner_count,
  utc(first_seen) AS first_seen, utc(last_seen) AS last_seen,
  revision
FROM newest_states WHERE status = 'active';

CREATE OR REPLACE VIEW newest_articles AS
SELECT newest.uri, coalesce(merged.now, place.copydesk.story.id) AS story,
  place.copydesk.story.relation AS relation, place.copydesk.story.parent AS parent,
  place.copydesk.story.link_score AS link_score,
  place.copydesk.story.evidence.words_kept AS words_kept,
  place.copydesk.story.evidence.words_of_parent AS words_of_parent,
  place.copydesk.story.authority AS authority,
  coalesce(place.copydesk.story.notice, false) AS notice,
  whole.pubStatus AS status, TRY_CAST(whole.version AS BIGINT) AS version,
  greatest(coalesce(whole.copydesk.sequence, 0), coalesce(place.copydesk.sequence, 0)) AS sequence,
  whole.copydesk.page.host AS host, whole.copydesk.page.url AS url, whole.language,
  whole.headlines[1].value AS headline, whole.bodies[1].value AS body,
  whole.bodies[1].wordCount AS words, whole.by AS authors,
  whole.copydesk.wire.agency AS agency, whole.copydesk.wire.verified AS agency_verified_by,
  whole.copydesk.publisher.name AS publisher, whole.copydesk.publisher.owner AS owner,
  utc(whole.firstCreated) AS published,
  utc(whole.copydesk.page.fetched_at) AS fetched, newest.first_fetched,
  list_transform(whole.copydesk.quality.flags, lambda flag: flag.name) AS flags
FROM newest_events AS newest
JOIN article_events AS whole ON whole.line = newest.text_line
JOIN article_events AS place ON place.line = newest.story_line
LEFT JOIN merged_stories AS merged ON merged.id = place.copydesk.story.id;

CREATE OR REPLACE VIEW current_articles AS
SELECT article.* EXCLUDE (status, notice, authority), article.authority,
  state.original.uri AS original, state.original.host AS original_host,
  state.agency AS story_agency,
  coalesce(state.agency_verified AND state.agency = article.agency, false)
    OR article.agency_verified_by IS NOT NULL AS agency_verified
FROM newest_articles AS article
LEFT JOIN newest_states AS state ON state.id = article.story
WHERE article.status = 'usable';

CREATE OR REPLACE VIEW withdrawn_articles AS
SELECT uri, story, notice, authority, host, url, language, headline, agency, publisher, published,
  fetched, first_fetched, version, sequence
FROM newest_articles WHERE status = 'canceled';

-- What was said last of each story, of the stories that both sides are part of now. `is_source`: the
-- story is a translation of the other. Where two links lead to one story, the better one.
CREATE OR REPLACE VIEW current_translations AS
WITH said AS (
  SELECT story, translation_of, why, unnest(translations) AS found FROM translation_events
  WHERE line IN (SELECT max(line) FROM translation_events GROUP BY story)),
links AS (
  SELECT coalesce(own.now, said.story) AS story, coalesce(theirs.now, said.found.story) AS other,
    said.found.score AS score, coalesce(said.found.story = said.translation_of, false) AS is_source,
    said.why
  FROM said LEFT JOIN merged_stories AS own ON own.id = said.story
  LEFT JOIN merged_stories AS theirs ON theirs.id = said.found.story)
SELECT links.story, links.other, story.language, other.language AS other_language,
  story.headline, other.headline AS other_headline, story.original_host,
  other.original_host AS other_host, max(links.score) AS score, bool_or(links.is_source) AS is_source,
  any_value(links.why) FILTER (links.is_source) AS why
FROM links JOIN current_stories AS story ON story.id = links.story
JOIN current_stories AS other ON other.id = links.other
WHERE links.story != links.other
GROUP BY ALL;
