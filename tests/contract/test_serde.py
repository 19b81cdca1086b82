"""Models to bytes and back."""

from typing import Any

import orjson
import pytest
from hypothesis import given, settings

from service.contract.article_event import ArticleEvent
from service.contract.extracted import Extracted
from service.contract.outcome import Rejection
from service.contract.schema.article_examples import example_article
from service.contract.schema.examples import example_rejection, example_story
from service.contract.serde import Model, UndecodableValue, dump, load, load_json
from service.contract.story import StoryEvent
from tests.contract.models import instances


def assert_same_after_a_round_trip(value: Any) -> None:
    written = dump(value)
    read = load(type(value), written)
    assert read == value
    assert dump(read) == written


@settings(max_examples=40)
@given(instances(Extracted))
def test_extracted_survives(value: Extracted) -> None:
    assert_same_after_a_round_trip(value)


@settings(max_examples=40)
@given(instances(ArticleEvent))
def test_article_events_survive(value: ArticleEvent) -> None:
    assert_same_after_a_round_trip(value)


@settings(max_examples=40)
@given(instances(StoryEvent))
def test_stories_survive(value: StoryEvent) -> None:
    assert_same_after_a_round_trip(value)


@settings(max_examples=40)
@given(instances(Rejection))
def test_rejections_survive(value: Rejection) -> None:
    assert_same_after_a_round_trip(value)


@settings(max_examples=40)
@given(instances(ArticleEvent))
def test_nothing_is_ever_null(value: ArticleEvent) -> None:
    def nulls(node: Any) -> bool:
        if isinstance(node, dict):
            return any(map(nulls, node.values()))
        if isinstance(node, list):
            return any(map(nulls, node))
        return node is None

    assert not nulls(load_json(dump(value)))


def test_properties_are_sorted_and_spelled_as_ninjs_does() -> None:
    event = load_json(dump(example_article()))
    assert list(event) == sorted(event)
    assert event["infoSources"][0]["literal"] == "meridian"
    assert event["bodies"][0]["charCount"] == len(event["bodies"][0]["value"])
    assert event["copydesk"]["wire"]["class"] == "agency"
    assert event["copydesk"]["page"]["fetched_at"] == "2024-05-14T09:30:00+00:00"


@pytest.mark.parametrize("example", [example_article(), example_story(), example_rejection()])
def test_readers_pass_over_what_they_do_not_know(example: Model) -> None:
    document = load_json(dump(example))

    def add_to(node: Any) -> None:
        if isinstance(node, dict):
            for inner in list(node.values()):
                add_to(inner)
            node["addedLater"] = {"by": ["a newer writer"]}
        elif isinstance(node, list):
            for inner in node:
                add_to(inner)

    add_to(document)
    assert load(type(example), orjson.dumps(document)) == example


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (b"", "not JSON"),
        (b"\xff", "not JSON"),
        (b'{"id": ', "not JSON"),
        (b"[]", "value: "),
        (b'{"id": "s"}', "language: Field required"),
        (b'{"id": "s", "original": {"uri": 7}}', ""),
    ],
)
def test_what_is_wrong_is_said(value: bytes, said: str) -> None:
    with pytest.raises(UndecodableValue) as error:
        load(StoryEvent, value)
    assert said in str(error.value)


def test_any_json() -> None:
    assert load_json(b'[1, {"a": null}]') == [1, {"a": None}]
    with pytest.raises(UndecodableValue):
        load_json(b"[1,")
