"""Definitions of LINK's metrics, in the registry of `metrics.py`. A worker that does not run LINK,
or is not the one that has it, shows none of its gauges."""

from prometheus_client import Counter, Gauge

from service.worker.observe.metrics import REGISTRY

INPUT_OUTCOMES = ("placed", "repeat", "failed")

EVENT_KINDS = ("linked", "unlinked")

INPUTS = Counter(
    "copydesk_link_inputs",
    "Records of `stories.concepts` that LINK took: placed, repeat (placed before, and dropped), or"
    " failed (dead letters).",
    ["outcome"],
    registry=REGISTRY,
)
EVENTS = Counter(
    "copydesk_translation_events",
    "Events that tell a story's translations: linked (it has some) or unlinked (the last one"
    " went).",
    ["kind"],
    registry=REGISTRY,
)
FAULTS = Counter(
    "copydesk_link_faults",
    "Stories that could not be placed, after which LINK read its memory back.",
    registry=REGISTRY,
)

# The only partition of `stories.concepts` as a label, so that a worker that gives it up shows none.
STORIES = Gauge(
    "copydesk_link_window_stories",
    "Stories that LINK compares new ones with.",
    ["partition"],
    registry=REGISTRY,
)
PAIRS = Gauge(
    "copydesk_link_pairs",
    "Pairs of stories in LINK's window that are translations of one another.",
    ["partition"],
    registry=REGISTRY,
)
BYTES = Gauge(
    "copydesk_link_bytes",
    "Bytes of LINK's window in memory, as estimated.",
    ["partition"],
    registry=REGISTRY,
)
QUEUE = Gauge(
    "copydesk_link_queue_stories",
    "Records of stories that wait for LINK's writer.",
    ["partition"],
    registry=REGISTRY,
)
READY = Gauge(
    "copydesk_link_ready",
    "1 when LINK has its memory loaded, 0 while it loads.",
    ["partition"],
    registry=REGISTRY,
)
LOAD_SECONDS = Gauge(
    "copydesk_link_load_seconds",
    "How long it took, the last time, to load LINK's memory.",
    ["partition"],
    registry=REGISTRY,
)

GAUGES = (STORIES, PAIRS, BYTES, QUEUE, READY, LOAD_SECONDS)

for _outcome in INPUT_OUTCOMES:
    INPUTS.labels(_outcome)
for _kind in EVENT_KINDS:
    EVENTS.labels(_kind)
