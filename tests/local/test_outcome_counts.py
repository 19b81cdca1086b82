"""Counting the demo's outcomes."""

from typing import Any

import orjson

from service.contract.record import Record, Topic
from service.local.outcome_counts import OutcomeCounts


def article(uri: str, story: str, text: str = "Text.") -> Record:
    value: dict[str, Any] = {
        "uri": uri,
        "pubStatus": "usable" if text else "canceled",
        "bodies": [{"value": text}] if text else [],
        "copydesk": {"story": {"id": story}},
    }
    return Record(Topic.ARTICLES, story.encode(), orjson.dumps(value))


def story(id: str, copies: int, into: str | None = None) -> Record:
    value = {"id": id, "copies": copies} | ({"merged_into": into} if into else {})
    return Record(Topic.STORIES, id.encode(), orjson.dumps(value))


def test_it_settles_when_the_stories_have_caught_up() -> None:
    counts = OutcomeCounts()
    counts.add(article("a", "s"))
    assert not counts.is_settled()
    counts.add(story("s", 0))
    assert counts.is_settled()
    counts.add(article("b", "s"))
    assert not counts.is_settled()
    counts.add(story("s", 1))
    assert counts.is_settled()


def test_a_merged_story_counts_as_the_one_it_was_merged_into() -> None:
    counts = OutcomeCounts()
    for record in (article("a", "s"), article("b", "t"), story("t", 0, into="s"), story("s", 0)):
        counts.add(record)
    assert not counts.is_settled()
    counts.add(story("s", 1))
    assert counts.is_settled()


def test_a_takedown_is_not_an_outcome_of_a_page() -> None:
    counts = OutcomeCounts()
    counts.add(article("a", "s"))
    counts.add(article("a", "s", text=""))
    assert counts.outcomes == 1
    assert counts.articles["a"]["pubStatus"] == "canceled"
    assert counts.articles["a"]["bodies"]


def test_an_article_that_is_stated_again_keeps_its_event_with_another_relation() -> None:
    counts = OutcomeCounts()
    counts.add(article("a", "s"))
    again = orjson.loads(article("a", "s", text="").value or b"")
    again |= {"pubStatus": "usable", "representationType": "partial"}
    again["copydesk"]["story"] = {"id": "t", "relation": "edited"}
    counts.add(Record(Topic.ARTICLES, b"t", orjson.dumps(again)))
    assert counts.outcomes == 1
    assert counts.articles["a"]["bodies"]
    assert counts.articles["a"]["copydesk"]["story"] == {"id": "t", "relation": "edited"}


def test_pages_without_an_event_have_their_reasons() -> None:
    counts = OutcomeCounts()
    rejected = {"reason": "too_short", "url": "https://a.example/", "detail": "9 words"}
    counts.add(Record(Topic.REJECTED, b"k", orjson.dumps(rejected)))
    headers = (("copydesk-reason", b"no_url"), ("__connect.errors.exception.message", b"none"))
    counts.add(Record(Topic.FAILED, None, b"\x00", headers))
    assert counts.outcomes == 2
    assert [row[:2] for row in counts.without_event] == [
        ("rejected", "too_short"),
        ("failed", "no_url"),
    ]


def test_translations_are_counted_in_pairs_and_are_no_state_of_a_story() -> None:
    counts = OutcomeCounts()
    counts.add(story("s", 0))
    for one, other in (("s", "t"), ("t", "s")):
        value = {"story": one, "translations": [{"story": other}]}
        counts.add(Record(Topic.STORIES, f"translations/{one}".encode(), orjson.dumps(value)))
    assert counts.links == 1
    assert list(counts.stories) == ["s"]
