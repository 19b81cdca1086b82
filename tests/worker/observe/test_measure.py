"""What happens in a worker to its metrics."""

from typing import Any

import orjson
import pytest

from service.contract.outcome import REASON
from service.contract.record import Record, Topic
from service.worker.observe import measure
from service.worker.observe.metrics import REGISTRY


class Changes:
    """How far metrics have risen since it was made: they are the process's, and only grow."""

    def __init__(self) -> None:
        self._before = self._read()

    def __call__(self, name: str, **labels: str) -> float:
        key = (name, frozenset(labels.items()))
        return self._read().get(key, 0.0) - self._before.get(key, 0.0)

    @staticmethod
    def _read() -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
        return {
            (sample.name, frozenset(sample.labels.items())): sample.value
            for metric in REGISTRY.collect()
            for sample in metric.samples
        }


@pytest.fixture
def changes() -> Changes:
    return Changes()


def article(kind: str, relation: str, *, agency: str | None = "ap", **story: str) -> Record:
    value: dict[str, Any] = {
        "version": "1",
        "bodies": [] if relation == "withdrawal" else [{"value": "Text."}],
        "copydesk": {
            "wire": {"agency": agency} if agency else {},
            "story": {"relation": relation, **story},
        },
    }
    headers = (("ce_type", f"copydesk.article.{kind}".encode()),)
    return Record(Topic.ARTICLES, b"s", orjson.dumps(value), headers)


def turned_away(topic: Topic, reason: bytes) -> Record:
    return Record(topic, b"k", b"{}", ((REASON, b"forged"), (REASON, reason)))


def test_a_first_article_begins_a_story(changes: Changes) -> None:
    measure.folded(article("published", "original"))
    assert changes("copydesk_stories_begun_total") == 1
    assert changes("copydesk_agency_articles_total", agency="ap") == 1
    assert changes("copydesk_pages_total", outcome="event", reason="published") == 1


def test_an_original_that_arrives_late_begins_none(changes: Changes) -> None:
    measure.folded(article("published", "original", parent="urn:copydesk:article:1"))
    assert changes("copydesk_stories_begun_total") == 0


def test_an_article_taken_down_is_an_event_and_no_page(changes: Changes) -> None:
    measure.folded(article("withdrawn", "withdrawal"))
    assert changes("copydesk_events_total", type="withdrawn", relation="withdrawal") == 1
    assert changes("copydesk_pages_total", outcome="event", reason="withdrawn") == 0


@pytest.mark.parametrize("agency", [None, "an agency that a page made up"])
def test_an_agency_that_is_not_ours_makes_no_label(changes: Changes, agency: str | None) -> None:
    measure.folded(article("copied", "verbatim", agency=agency, parent="p"))
    assert changes("copydesk_agency_articles_total", agency="none") == 1


def test_pages_that_break_their_child_are_counted_twice_over(changes: Changes) -> None:
    measure.read_outcome(turned_away(Topic.FAILED, b"timeout"))
    measure.read_outcome(turned_away(Topic.FAILED, b"undecodable"))
    measure.read_outcome(turned_away(Topic.REJECTED, b"too_short"))
    assert changes("copydesk_pages_total", outcome="failed", reason="timeout") == 1
    assert changes("copydesk_pages_total", outcome="failed", reason="undecodable") == 1
    assert changes("copydesk_pages_total", outcome="rejected", reason="too_short") == 1
    assert changes("copydesk_extraction_troubles_total", reason="timeout") == 1


def test_a_merge_is_counted_by_the_story_that_ends(changes: Changes) -> None:
    measure.folded(Record(Topic.STORIES, b"a", b'{"id":"a","status":"merged","merged_into":"b"}'))
    measure.folded(Record(Topic.STORIES, b"b", b'{"id":"b","status":"active"}'))
    assert changes("copydesk_stories_merged_total") == 1


def test_partitions_and_shards_that_moved_away_are_not_shown(changes: Changes) -> None:
    measure.lag({"a.pages.raw/0": 5, "a.pages.raw/1": 7})
    measure.lag({"a.pages.raw/1": 3})
    assert changes("copydesk_lag_records", topic="a.pages.raw", partition="1") == 3
    assert changes("copydesk_lag_records", topic="a.pages.raw", partition="0") == 0
    with measure.shard_loading(17):
        assert changes("copydesk_shard_ready", shard="17") == 0
    assert changes("copydesk_shard_ready", shard="17") == 1
    measure.forget_shard(17)
    assert changes("copydesk_shard_ready", shard="17") == 0
    assert not any(
        sample.labels.get("shard") == "17"
        for metric in REGISTRY.collect()
        for sample in metric.samples
    )
