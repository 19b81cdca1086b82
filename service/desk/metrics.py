"""Definitions of the desk's metrics, served at `/metrics` in Prometheus' text format.

A worker sees pages one by one and would need a label for each host to notice that one of them
changed. The desk has the counts of each host, and exposes only how many hosts drift.
"""

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from service.desk.queries.drift import KINDS, Drifting

REGISTRY = CollectorRegistry()
"""A registry of its own: a worker's metrics do not appear."""

DRIFTING_HOSTS = Gauge(
    "copydesk_desk_drifting_hosts",
    "Hosts whose pages give other articles in their last 24 hours than in the 7 days before, by"
    " what changed: yield (fewer pages give an article), or more articles without a date (no_date),"
    " without a person or an agency (no_author), under 100 words (short), with a flag (flagged)."
    " The 500 hosts with the most pages are compared.",
    ["kind"],
    registry=REGISTRY,
)
CAUGHT_UP = Gauge(
    "copydesk_desk_caught_up",
    "1 if the desk has read its topics to their ends.",
    registry=REGISTRY,
)


def metrics_page(drifting: Drifting, *, caught_up: bool) -> bytes:
    """Return the page."""
    for kind in KINDS:
        DRIFTING_HOSTS.labels(kind).set(drifting.count(kind))
    CAUGHT_UP.set(caught_up)
    return generate_latest(REGISTRY)
