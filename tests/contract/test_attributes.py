"""Attributes of events in headers, and the choice of records by them."""

import json
import re

import pytest

from service.contract.attributes import (
    MEANINGS,
    OF_TOPIC,
    Choice,
    UnknownAttribute,
    article_attributes,
    story_attributes,
)
from service.contract.outcome import FailureReason, RejectionReason
from service.contract.record import Record, Topic
from service.contract.schema.article_examples import example_article, example_takedown
from service.contract.schema.examples import example_story
from service.fold.shard import Shard
from service.fold.stage import fold
from tests.contract.messages import message
from tests.local.sample_read import extracted_records


def record(topic: Topic, **attributes: str) -> Record:
    return Record(topic, b"k", b"{}", tuple((f"ce_{k}", v.encode()) for k, v in attributes.items()))


def test_names_are_those_that_cloud_events_allows() -> None:
    assert all(re.fullmatch("[a-z0-9]{1,20}", name) for name in MEANINGS)


def test_an_article_has_every_attribute() -> None:
    event = example_article()
    said = dict(article_attributes(event))
    assert said.keys() == MEANINGS.keys()
    assert said["host"] == event.copydesk.page.host
    assert said["story"] == event.copydesk.story.id
    assert event.copydesk.publisher is not None
    assert said["publisher"] == event.copydesk.publisher.name
    assert said["sequence"] == f"{event.copydesk.sequence:019}"
    assert said["notice"] is None
    assert dict(article_attributes(example_takedown()))["notice"] == "true"


def test_a_story_has_those_of_its_original() -> None:
    state = example_story()
    said = dict(story_attributes(state))
    assert said.keys() == MEANINGS.keys() - {"relation", "notice", "sequence"}
    assert (said["host"], said["story"]) == (state.original.host, state.id)
    assert said["publisher"] == "wire.example"


def test_every_event_of_a_crawl_says_in_headers_what_its_value_says() -> None:
    shard = Shard()
    seen = set()
    for extracted in extracted_records():
        for made in fold(message(extracted.value), shard, 0):
            if made.topic not in (Topic.ARTICLES, Topic.STORIES):
                continue
            value = json.loads(made.value or b"")
            said = {name.removeprefix("ce_"): raw.decode() for name, raw in made.headers}
            about = value.get("copydesk")
            agency = about["wire"].get("agency") if about else value.get("agency")
            assert said.get("agency") == agency
            assert said["language"] == value["language"]
            assert said["host"] == (about["page"] if about else value["original"])["host"]
            assert said["story"] == (about["story"]["id"] if about else value["id"])
            assert said.get("relation") == (about["story"]["relation"] if about else None)
            assert said["host"].endswith(said["publisher"])
            seen.add(said["type"])
    assert len(seen) == 6  # takedowns and restatements too


def test_names_must_all_hold_and_values_are_alternatives() -> None:
    choice = Choice(Topic.ARTICLES, [("agency", "ap"), ("agency", "reuters"), ("relation", "spun")])
    assert choice.takes(record(Topic.ARTICLES, agency="ap", relation="spun"))
    assert choice.takes(record(Topic.ARTICLES, agency="reuters", relation="spun"))
    assert not choice.takes(record(Topic.ARTICLES, agency="afp", relation="spun"))
    assert not choice.takes(record(Topic.ARTICLES, agency="ap", relation="verbatim"))
    assert not choice.takes(record(Topic.ARTICLES, relation="spun"))


def test_no_value_stands_for_records_without_the_attribute() -> None:
    choice = Choice(Topic.ARTICLES, [("agency", "")])
    assert choice.takes(record(Topic.ARTICLES, relation="spun"))
    assert not choice.takes(record(Topic.ARTICLES, agency="ap"))


def test_nothing_chosen_is_everything() -> None:
    assert Choice(Topic.RAW, []).takes(record(Topic.RAW))


@pytest.mark.parametrize(
    ("topic", "reason"),
    [(Topic.REJECTED, RejectionReason.WALL), (Topic.FAILED, FailureReason.TIMEOUT)],
)
def test_pages_without_an_event_have_a_reason(topic: Topic, reason: str) -> None:
    header = OF_TOPIC[topic]["reason"]
    choice = Choice(topic, [("reason", reason)])
    assert choice.takes(Record(topic, None, None, ((header, reason.encode()),)))
    assert not choice.takes(Record(topic, None, None, ((header, b"another"),)))


@pytest.mark.parametrize(
    ("topic", "name"),
    [(Topic.ARTICLES, "agencies"), (Topic.STORIES, "relation"), (Topic.RAW, "host")],
)
def test_an_unknown_name_is_refused_with_those_that_are_known(topic: Topic, name: str) -> None:
    with pytest.raises(UnknownAttribute, match=f"{topic} has no attribute '{name}'; it has: "):
        Choice(topic, [(name, "x")])
