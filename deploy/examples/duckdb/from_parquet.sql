-- The two files that `copydesk fold -o crawl.parquet` writes, as the views that current.sql reads.
--
--   SET VARIABLE articles = 'crawl.parquet';
--   SET VARIABLE stories = 'crawl.stories.parquet';
--
-- They have one row an article and one a story already, so current.sql has nothing to choose from.

CREATE OR REPLACE VIEW article_events AS
SELECT file_row_number AS line, * FROM read_parquet(getvariable('articles'), file_row_number = true);

CREATE OR REPLACE VIEW story_events AS
SELECT file_row_number AS line, * FROM read_parquet(getvariable('stories'), file_row_number = true);

-- They have no translations: those are in the lines of JSON.
CREATE OR REPLACE VIEW translation_events AS
SELECT 0 AS line, '' AS story, '' AS language, '' AS translation_of, '' AS why,
  [{story: '', language: '', score: 0.0, headline: '', uri: '', url: '', host: ''}] AS translations
WHERE false;
