-- The read model of the desk. It can be rebuilt from the topics; raise VERSION in read_model.py with
-- every change to a table or index.

CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;

-- The next offset to read, by topic and partition: written in the same transaction as the rows.
CREATE TABLE positions (
    topic TEXT NOT NULL,
    partition INTEGER NOT NULL,
    next INTEGER NOT NULL,
    PRIMARY KEY (topic, partition)
) WITHOUT ROWID;

-- One row a story. `root` is the story that holds its articles now: itself, or the end of the chain
-- of merges. `stated` is 0 while the story's state has not been read: then the row was made from an
-- article. `claims` is a JSON list of what was declared without authority.
CREATE TABLE stories (
    id TEXT PRIMARY KEY,
    root TEXT NOT NULL,
    stated INTEGER NOT NULL,
    language TEXT NOT NULL,
    agency TEXT,
    headline TEXT NOT NULL,
    original_uri TEXT NOT NULL,
    original_host TEXT NOT NULL,
    original_why TEXT NOT NULL,
    original_basis TEXT,
    copies INTEGER NOT NULL,
    host_count INTEGER NOT NULL,
    first_seen TEXT,
    last_seen TEXT,
    revision INTEGER NOT NULL,
    status TEXT NOT NULL,
    merged_into TEXT,
    agency_verified INTEGER NOT NULL,
    claims TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX stories_by_root ON stories (root);
CREATE INDEX stories_by_time ON stories (last_seen, id, status) WHERE status <> 'merged';
CREATE INDEX stories_by_copies ON stories (copies, last_seen, id, status) WHERE status <> 'merged';
CREATE INDEX stories_by_agency ON stories (agency, last_seen);
CREATE INDEX stories_by_language ON stories (language, last_seen);
CREATE INDEX stories_by_original_host ON stories (original_host, last_seen);

-- Changes between states of a story. The topic is compacted: after a rebuild there are fewer.
CREATE TABLE story_changes (
    event_id TEXT NOT NULL,
    what TEXT NOT NULL,
    story_id TEXT NOT NULL,
    time TEXT,
    before TEXT,
    after TEXT,
    PRIMARY KEY (event_id, what)
);
CREATE INDEX story_changes_by_story ON story_changes (story_id);

-- What the operator decided about a story, as JSON.
CREATE TABLE story_decisions (
    story_id TEXT PRIMARY KEY,
    decisions TEXT NOT NULL
) WITHOUT ROWID;

-- The stories in other languages that were found for a story, as was said of it last: `headline` to `host` are of the
-- original of `other`, `evidence` is JSON. `is_source` is 1 if `story` is a translation of `other`, and `why` says what
-- decided that. `time` is that of the event. Neither story need be in `stories`.
CREATE TABLE translations (
    story TEXT NOT NULL,
    other TEXT NOT NULL,
    language TEXT NOT NULL,
    score REAL NOT NULL,
    headline TEXT NOT NULL,
    uri TEXT NOT NULL,
    url TEXT NOT NULL,
    host TEXT NOT NULL,
    evidence TEXT NOT NULL,
    is_source INTEGER NOT NULL,
    why TEXT,
    time TEXT NOT NULL,
    PRIMARY KEY (story, other)
) WITHOUT ROWID;

-- The newest version of each article. `sequence` is that of its event. `placed` is the sequence of the
-- event that says last what the article is in its story, and `placed_by` that event's id: it may be a
-- later one, which has no text. `closeness`: runs of five words in common with the article that it
-- was linked to, as a share of those in either; NULL if it has no link.
CREATE TABLE articles (
    number INTEGER PRIMARY KEY,
    uri TEXT NOT NULL UNIQUE,
    story_id TEXT NOT NULL,
    event_id TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    placed_by TEXT NOT NULL,
    placed INTEGER NOT NULL,
    version INTEGER NOT NULL,
    relation TEXT NOT NULL,
    parent TEXT,
    similarity REAL NOT NULL,
    agency TEXT,
    language TEXT NOT NULL,
    host TEXT NOT NULL,
    site_name TEXT,
    url TEXT NOT NULL,
    title TEXT NOT NULL,
    published TEXT,
    seen TEXT NOT NULL,
    words INTEGER NOT NULL,
    canceled INTEGER NOT NULL,
    author TEXT,
    closeness REAL
);
CREATE INDEX articles_by_story ON articles (story_id, seen);
CREATE INDEX articles_by_time ON articles (seen, number);
CREATE INDEX articles_by_url ON articles (url);
CREATE INDEX articles_by_author ON articles (author) WHERE author IS NOT NULL;

-- What each article is in its story now: made to be counted and searched, after each batch, of the rows of
-- `articles` and `stories` (`ingest/places.py`). `number` is that of the article. `story` holds it now, and
-- `head` is the smallest number of that story's articles, which is short to count by. `agency` (empty if none),
-- `source` (host of the original) and `up` (0 if it was withdrawn) are that story's. `place` is `original` for its
-- original alone, `withdrawal` for what was taken down, else the relation that was stated last, or `former`.
-- `day` is that of `seen`. `delay`: seconds from the fetch of the original to that of the copy; NULL if it is none, or if the crawl did not
-- see the original before it.
CREATE TABLE places (
    number INTEGER PRIMARY KEY,
    story TEXT NOT NULL,
    head INTEGER NOT NULL,
    up INTEGER NOT NULL,
    agency TEXT NOT NULL,
    source TEXT NOT NULL,
    host TEXT NOT NULL,
    language TEXT NOT NULL,
    seen TEXT NOT NULL,
    day TEXT NOT NULL,
    place TEXT NOT NULL,
    delay INTEGER
);

-- What the rows in `places` of a story follow from, as JSON, besides their own articles: while it is the same, only
-- articles that came are placed. A story that was merged into another has no row. `head` as in `places`.
CREATE TABLE placed_stories (
    story TEXT PRIMARY KEY,
    head INTEGER NOT NULL,
    made_with TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX places_by_story ON places (story, place, language, host, seen);
CREATE INDEX places_by_time ON places (seen, place, agency, host, head, up);
CREATE INDEX places_by_agency ON places (agency, day, place, host, head, up, delay);
CREATE INDEX places_by_host ON places (host, day, place, language, source, agency, head, up, delay, seen);
CREATE INDEX places_by_source ON places (source, day, place, host, head, up, delay);
CREATE INDEX places_by_place ON places (place, language, seen, host);
CREATE INDEX places_by_language ON places (language, seen);

CREATE TABLE article_flags (
    flag TEXT NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (flag, number)
) WITHOUT ROWID;

-- Every event of every article, as it was read; `type` is `copydesk.article.restated` if the event
-- states an article's place in its story again, without its text. A takedown removes the text from `value`. `takedown`
-- is 1 if the event takes the article down with its story.
CREATE TABLE versions (
    event_id TEXT PRIMARY KEY,
    uri TEXT NOT NULL,
    version INTEGER NOT NULL,
    story_id TEXT NOT NULL,
    relation TEXT NOT NULL,
    authority TEXT,
    takedown INTEGER NOT NULL,
    type TEXT NOT NULL,
    time TEXT NOT NULL,
    partition INTEGER NOT NULL,
    position INTEGER NOT NULL,
    trace TEXT,
    value BLOB NOT NULL
);
CREATE INDEX versions_by_uri ON versions (uri);
CREATE INDEX versions_by_story ON versions (story_id);

-- Row ids are those of `articles`. Marks are parts of words: without the vowel signs of Indic scripts,
-- different words would be one.
CREATE VIRTUAL TABLE article_text USING fts5 (
    title, body, people, tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co M*'"
);

CREATE TABLE rejected (
    number INTEGER PRIMARY KEY,
    event_id TEXT NOT NULL UNIQUE,
    uri TEXT,
    url TEXT,
    host TEXT NOT NULL,
    reason TEXT NOT NULL,
    detail TEXT NOT NULL,
    time TEXT NOT NULL,
    partition INTEGER NOT NULL,
    position INTEGER NOT NULL
);
CREATE INDEX rejected_by_reason ON rejected (reason, number);
CREATE INDEX rejected_by_host ON rejected (host, number);
CREATE INDEX rejected_by_time ON rejected (time, reason, host);

-- `origin` names the input and the attempt, so that a repeated record is ignored.
CREATE TABLE failed (
    number INTEGER PRIMARY KEY,
    origin TEXT NOT NULL UNIQUE,
    address TEXT NOT NULL,
    host TEXT NOT NULL,
    stage TEXT NOT NULL,
    reason TEXT NOT NULL,
    error TEXT NOT NULL,
    detail TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    size INTEGER NOT NULL,
    time TEXT NOT NULL,
    partition INTEGER NOT NULL,
    position INTEGER NOT NULL
);
CREATE INDEX failed_by_reason ON failed (reason, number);
CREATE INDEX failed_by_host ON failed (host, number);
CREATE INDEX failed_by_time ON failed (time, reason, host);

-- Outcomes of the pages of a host, by hour (UTC, `2026-03-10T14`). `outcome` is `article`, the
-- reason of a rejection, or `failed`.
CREATE TABLE host_hours (
    host TEXT NOT NULL,
    hour TEXT NOT NULL,
    outcome TEXT NOT NULL,
    pages INTEGER NOT NULL,
    PRIMARY KEY (host, hour, outcome)
) WITHOUT ROWID;
CREATE INDEX host_hours_by_hour ON host_hours (hour, outcome, pages);

-- Of the articles in `host_hours`, those with a sign of an extraction that misses something:
-- `no_date`, `no_author`, `short`, `flagged`.
CREATE TABLE host_signs (
    host TEXT NOT NULL,
    hour TEXT NOT NULL,
    sign TEXT NOT NULL,
    articles INTEGER NOT NULL,
    PRIMARY KEY (host, hour, sign)
) WITHOUT ROWID;
