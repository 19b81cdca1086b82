"""Definitions of a worker's metrics, served at `/metrics` in Prometheus' text format.

Labels take few values, all fixed in advance: reasons, stages, relations, agencies (from our table),
and the partitions that Kafka assigned. No text of a page is ever a label.

Counters start at 0 for every value of their labels, so that a first failure shows as an increase.
They restart with the process. `measure.py` is the only writer.
LINK's own are in `metrics_link.py`.
"""

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    disable_created_metrics,
)

from service.agencies import agencies
from service.contract.outcome import FailureReason, RejectionReason
from service.contract.record import Topic
from service.contract.story import Relation

REGISTRY = CollectorRegistry()
"""A registry of our own: metrics that libraries register do not appear. In addition to the metrics
below it has Python's `process_*` (memory, processor time, open files, start) and `python_*`."""

# No second series per counter with its creation time: `process_start_time_seconds` has that.
disable_created_metrics()  # type: ignore[no-untyped-call]

for _collector in (ProcessCollector, PlatformCollector, GCCollector):
    _collector(registry=REGISTRY)

NO_AGENCY = "none"
"""Label of articles that are not attributed to an agency."""

EVENT_TYPES = ("published", "copied", "revised", "withdrawn", "restated")
"""Last word of an event's `ce_type`."""

STAGES = ("window", "read", "send", "place", "commit", "link", "link_commit")

SIDES = ("read", "fold", "link")

LATE_OUTCOMES = ("placed", "rejected")

SKIP_REASONS = ("retention", "out_of_range")

CHILD_TROUBLES = (
    FailureReason.TIMEOUT,
    FailureReason.OUT_OF_MEMORY,
    FailureReason.CRASHED,
    FailureReason.ERROR,
)

# --- Pages ---------------------------------------------------------------------------------------

PAGES = Counter(
    "copydesk_pages",
    "Pages that came to their end, by outcome (event, rejected, failed) and reason. Of an event the"
    " reason is its type. Each page is counted once, by the worker that wrote its outcome; after a"
    " crash a repeat is counted again.",
    ["outcome", "reason"],
    registry=REGISTRY,
)
EXTRACTED = Counter(
    "copydesk_articles_extracted",
    "Articles that READ handed to FOLD.",
    registry=REGISTRY,
)
EXTRACTION_TROUBLES = Counter(
    "copydesk_extraction_troubles",
    "Pages by what they did to the child process that read them: timeout (killed), out_of_memory,"
    " crashed, error (a fault of ours, caught). They are among the failed pages too.",
    ["reason"],
    registry=REGISTRY,
)

# --- How long it takes, and what waits -----------------------------------------------------------

STAGE_SECONDS = Histogram(
    "copydesk_stage_seconds",
    "Time in a stage. window: a page waits for room among those in flight (grows when READ is"
    " behind). read: a page in its child process. send: READ's outcome until the broker has it."
    " place: an article in FOLD. commit: a batch of FOLD until the broker has it. link: a story in"
    " LINK. link_commit: a batch of LINK until the broker has it.",
    ["stage"],
    buckets=(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
    registry=REGISTRY,
)
INPUT_AGE = Histogram(
    "copydesk_input_age_seconds",
    "Age of a record, by its Kafka timestamp, when its outcome was written: of a page (read), of"
    " an extracted article (fold) and of a story's concepts (link). Lag, in seconds.",
    ["stage"],
    buckets=(0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600, 14400, 86400),
    registry=REGISTRY,
)
IN_FLIGHT_PAGES = Gauge(
    "copydesk_in_flight_pages",
    "Pages in READ's window: given to a child, or waiting for the broker to take the outcome.",
    registry=REGISTRY,
)
IN_FLIGHT_BYTES = Gauge(
    "copydesk_in_flight_bytes",
    "Bytes of the pages in READ's window.",
    registry=REGISTRY,
)
FOLD_QUEUE = Gauge(
    "copydesk_fold_queue_articles",
    "Articles that wait for a shard's writer.",
    ["shard"],
    registry=REGISTRY,
)
LAG = Gauge(
    "copydesk_lag_records",
    "Records of an input partition assigned here that the worker has not read yet, as of its last"
    " look at the partition's end.",
    ["topic", "partition"],
    registry=REGISTRY,
)
ALIGN_HELD = Gauge(
    "copydesk_align_held",
    "1 if READ holds a partition of pages.raw back, since it is ahead of the slowest one by more"
    " event time than COPYDESK_ALIGN_MINUTES; else 0.",
    ["partition"],
    registry=REGISTRY,
)
ALIGN_EVENT_TIME = Gauge(
    "copydesk_align_event_time_seconds",
    "Event time of the next pages of a partition of pages.raw assigned here, in seconds since the"
    " epoch: the median of several.",
    ["partition"],
    registry=REGISTRY,
)

SKIPPED = Counter(
    "copydesk_skipped_records",
    "Records of an input topic that no worker will read. retention: deleted before they were read."
    " out_of_range: the committed offset is after the end of the log, which was created anew or"
    " restored; 1 for each such partition, since nobody knows how many records it had.",
    ["topic", "reason"],
    registry=REGISTRY,
)

# --- Events and stories --------------------------------------------------------------------------

EVENTS = Counter(
    "copydesk_events",
    "Events on `articles`, by type and relation. An article taken down is one more of type"
    " withdrawn.",
    ["type", "relation"],
    registry=REGISTRY,
)
AGENCY_ARTICLES = Counter(
    "copydesk_agency_articles",
    "Article events by the agency that signed the text, by its key in agencies.toml, or none.",
    ["agency"],
    registry=REGISTRY,
)
STORIES_BEGUN = Counter(
    "copydesk_stories_begun",
    "Stories that an article began.",
    registry=REGISTRY,
)
STORIES_MERGED = Counter(
    "copydesk_stories_merged",
    "Stories that turned out to be another one, and were merged into it.",
    registry=REGISTRY,
)
REPEATS = Counter(
    "copydesk_repeats",
    "Inputs of FOLD that it had placed before, and dropped.",
    registry=REGISTRY,
)

# --- FOLD's work and memory ----------------------------------------------------------------------

CANDIDATES = Histogram(
    "copydesk_candidate_articles",
    "Known articles that share enough keys with a new one to be asked about, an article.",
    buckets=(0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000),
    registry=REGISTRY,
)
VERIFICATIONS = Histogram(
    "copydesk_verifications",
    "Pairs of texts compared in full, an article.",
    buckets=(0, 1, 2, 4, 8, 16, 32, 64, 128, 256),
    registry=REGISTRY,
)
WINDOW_ARTICLES = Gauge(
    "copydesk_window_articles",
    "Articles that a shard remembers.",
    ["shard"],
    registry=REGISTRY,
)
WINDOW_STORIES = Gauge(
    "copydesk_window_stories",
    "Stories that a shard remembers.",
    ["shard"],
    registry=REGISTRY,
)
WINDOW_AGE = Gauge(
    "copydesk_window_age_seconds",
    "From the oldest article in a shard's window to the partition that has got furthest.",
    ["shard"],
    registry=REGISTRY,
)
WINDOW_NEWEST = Gauge(
    "copydesk_window_newest_timestamp_seconds",
    "The event time of the partition of `pages.raw` that has got furthest in a shard, in seconds"
    " since the epoch.",
    ["shard"],
    registry=REGISTRY,
)
FOLDED_UP_TO = Gauge(
    "copydesk_folded_up_to_timestamp_seconds",
    "The event time up to which a shard has folded all partitions that are not idle, in seconds"
    " since the epoch: what is older than this by more than the window leaves it.",
    ["shard"],
    registry=REGISTRY,
)
LATE = Counter(
    "copydesk_late_articles",
    "Articles older by more than the window than the time up to which all partitions are folded:"
    " placed, or rejected (`COPYDESK_LATE`).",
    ["outcome"],
    registry=REGISTRY,
)
INDEX_BYTES = Gauge(
    "copydesk_index_bytes",
    "Bytes of the sealed part of a shard's candidate index; the open part holds at most 1,024"
    " articles more.",
    ["shard"],
    registry=REGISTRY,
)
SHARD_READY = Gauge(
    "copydesk_shard_ready",
    "1 when a shard assigned here has its memory loaded, 0 while it loads.",
    ["shard"],
    registry=REGISTRY,
)
SHARD_LOAD_SECONDS = Gauge(
    "copydesk_shard_load_seconds",
    "How long it took, the last time, to load a shard's memory.",
    ["shard"],
    registry=REGISTRY,
)
SHARD_FAULTS = Counter(
    "copydesk_shard_faults",
    "Articles that could not be placed, after which a shard read its memory back.",
    registry=REGISTRY,
)

# --- The worker ----------------------------------------------------------------------------------

HALTED = Gauge(
    "copydesk_halted",
    "1 while a stage (read, fold, link) is halted because of too many dead letters, by the most"
    " frequent reason, or before a record of a later version (newer_version); it writes nothing"
    " until `copydesk resume` or a restart.",
    ["stage", "reason"],
    registry=REGISTRY,
)
READY = Gauge(
    "copydesk_ready",
    "1 when `/readyz` says so.",
    registry=REGISTRY,
)
WORKER = Gauge(
    "copydesk_worker_info",
    "Always 1; its labels say which version runs, and whether FOLD writes in transactions.",
    ["version", "transactions"],
    registry=REGISTRY,
)


def _begin() -> None:
    """Start every counter and histogram with labels at 0."""
    for type_ in EVENT_TYPES:
        PAGES.labels("event", type_)
        for relation in Relation:
            EVENTS.labels(type_, relation.value)
    for rejection in RejectionReason:
        PAGES.labels("rejected", rejection.value)
    for failure in FailureReason:
        PAGES.labels("failed", failure.value)
    for trouble in CHILD_TROUBLES:
        EXTRACTION_TROUBLES.labels(trouble.value)
    for stage in STAGES:
        STAGE_SECONDS.labels(stage)
    for topic in (Topic.RAW, Topic.EXTRACTED, Topic.CONCEPTS):
        for reason in SKIP_REASONS:
            SKIPPED.labels(topic.value, reason)
    for outcome in LATE_OUTCOMES:
        LATE.labels(outcome)
    for side in SIDES:
        INPUT_AGE.labels(side)
        for failure in FailureReason:
            HALTED.labels(side, failure.value)
    for agency in (NO_AGENCY, *(agency.key for agency in agencies())):
        AGENCY_ARTICLES.labels(agency)


_begin()
