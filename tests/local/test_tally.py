"""What the demo counts."""

from typing import Any

import orjson

from service.events.record import Record
from service.events.topics import Topic
from service.local.tally import Tally


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
    tally = Tally()
    tally.enter(article("a", "s"))
    assert not tally.is_settled()
    tally.enter(story("s", 0))
    assert tally.is_settled()
    tally.enter(article("b", "s"))
    assert not tally.is_settled()
    tally.enter(story("s", 1))
    assert tally.is_settled()


def test_a_merged_story_counts_with_the_one_that_took_it() -> None:
    tally = Tally()
    for record in (article("a", "s"), article("b", "t"), story("t", 0, into="s"), story("s", 0)):
        tally.enter(record)
    assert not tally.is_settled()
    tally.enter(story("s", 1))
    assert tally.is_settled()


def test_taking_down_is_no_outcome_of_a_page() -> None:
    tally = Tally()
    tally.enter(article("a", "s"))
    tally.enter(article("a", "s", text=""))
    assert tally.outcomes == 1
    assert tally.articles["a"]["pubStatus"] == "canceled"
    assert tally.articles["a"]["bodies"]


def test_pages_turned_away_keep_their_reasons() -> None:
    tally = Tally()
    rejected = {"reason": "too_short", "url": "https://a.example/", "detail": "9 words"}
    tally.enter(Record(Topic.REJECTED, b"k", orjson.dumps(rejected)))
    headers = (("copydesk-reason", b"no_url"), ("__connect.errors.exception.message", b"none"))
    tally.enter(Record(Topic.FAILED, None, b"\x00", headers))
    assert tally.outcomes == 2
    assert [row[:2] for row in tally.turned_away] == [
        ("rejected", "too_short"),
        ("failed", "no_url"),
    ]
