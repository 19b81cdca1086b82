"""The list of metrics: explained, in base units, and with labels that stay few."""

from prometheus_client import Metric

from service.agencies import agencies
from service.worker.observe import metrics_link  # noqa: F401 - registers LINK's
from service.worker.observe.metrics import REGISTRY

LABELS = {
    "outcome": 3,
    "reason": 32,
    "stage": 8,
    "type": 5,
    "relation": 12,
    "agency": len(agencies()) + 1,
    "topic": 3,
    "kind": 2,
    "partition": None,
    "shard": None,
    "version": 1,
    "transactions": 1,
}
"""Every label there may be, with how many values it may have; None: as many as Kafka assigns."""


def ours() -> list[Metric]:
    return [each for each in REGISTRY.collect() if each.name.startswith("copydesk_")]


def test_each_says_what_it_is() -> None:
    for metric in ours():
        assert metric.documentation.endswith("."), metric.name


def test_names_say_the_unit() -> None:
    for metric in ours():
        if metric.type == "histogram":
            assert metric.name.endswith(("_seconds", "_articles", "_verifications")), metric.name
        assert "_ms" not in metric.name
        assert "_kb" not in metric.name


def test_labels_are_of_a_known_few() -> None:
    for metric in ours():
        for sample in metric.samples:
            labels = set(sample.labels) - {"le"}
            assert labels <= set(LABELS), metric.name
            for label in labels:
                most = LABELS[label]
                values = {each.labels[label] for each in metric.samples if label in each.labels}
                assert most is None or len(values) <= most, (metric.name, label)


def test_a_first_failure_is_a_rise() -> None:
    """Counters are there, at 0 or more, before anything was counted."""
    series = {
        (sample.name, *sample.labels.values()) for metric in ours() for sample in metric.samples
    }
    for reason in ("timeout", "out_of_memory", "crashed", "error", "undecodable"):
        assert ("copydesk_pages_total", "failed", reason) in series
    assert ("copydesk_extraction_troubles_total", "timeout") in series
    assert ("copydesk_events_total", "withdrawn", "withdrawal") in series
    assert ("copydesk_agency_articles_total", "ap") in series


def test_the_whole_page_stays_small() -> None:
    assert sum(len(metric.samples) for metric in REGISTRY.collect()) < 600
