"""The AsyncAPI document: whole, and in agreement with the topics and the headers written."""

from typing import Any

import jsonschema
import pytest

from service.contract.attributes import MEANINGS
from service.contract.cloud_event import ATTRIBUTE_PREFIX
from service.contract.outcome import REJECTED_TYPE, FailureReason, failure_record, rejection_record
from service.contract.record import LINKING, Topic
from service.contract.schema.asyncapi import asyncapi
from service.contract.schema.examples import example_rejection
from service.contract.schema.json_schemas import json_schemas
from service.contract.translations import TRANSLATED
from service.fold import stage
from tests.contract.messages import message

DOCUMENT = asyncapi()
CHANNELS = DOCUMENT["channels"]
OPERATIONS = DOCUMENT["operations"]


def references(node: Any) -> list[str]:
    if isinstance(node, dict):
        own = [node["$ref"]] if "$ref" in node else []
        return own + [ref for inner in node.values() for ref in references(inner)]
    if isinstance(node, list):
        return [ref for inner in node for ref in references(inner)]
    return []


def resolve(ref: str) -> Any:
    if ref.startswith("./"):
        return json_schemas()[ref.removeprefix("./").removesuffix(".json")]
    node: Any = DOCUMENT
    for step in ref.removeprefix("#/").split("/"):
        node = node[step]
    return node


def test_every_topic_has_a_channel() -> None:
    addresses = {channel["address"] for channel in CHANNELS.values()}
    assert addresses == {f"{{prefix}}{topic}" for topic in Topic}


def test_every_reference_leads_somewhere() -> None:
    found = references(DOCUMENT)
    assert len(found) > 20
    for ref in found:
        assert resolve(ref)


def test_pages_are_received_and_events_are_sent() -> None:
    actions = {
        (operation["action"], resolve(operation["channel"]["$ref"])["address"])
        for operation in OPERATIONS.values()
    }
    assert ("receive", "{prefix}pages.raw") in actions
    assert ("send", "{prefix}pages.raw") not in actions
    for topic in (Topic.ARTICLES, Topic.STORIES, Topic.REJECTED, Topic.FAILED):
        assert ("send", f"{{prefix}}{topic}") in actions


def test_only_topics_of_states_are_compacted() -> None:
    compacted = {
        channel["address"].removeprefix("{prefix}")
        for channel in CHANNELS.values()
        if channel["bindings"]["kafka"]["topicConfiguration"]["cleanup.policy"] == ["compact"]
    }
    assert compacted == {Topic.STORIES, Topic.FOLD_STATE, *LINKING}


@pytest.mark.parametrize("name", ["article", "story", "rejection"])
def test_examples_fit_the_schemas_they_stand_beside(name: str) -> None:
    message = DOCUMENT["components"]["messages"][name]
    schema = resolve(message["payload"]["schema"]["$ref"])
    for example in message["examples"]:
        jsonschema.validate(example["payload"], schema)


def test_the_types_of_events_are_those_that_are_sent() -> None:
    described = DOCUMENT["components"]["schemas"]["CloudEventHeaders"]["properties"]["ce_type"]
    sent = {
        stage.PUBLISHED,
        stage.COPIED,
        stage.REVISED,
        stage.WITHDRAWN,
        stage.RESTATED,
        stage.STORY_CHANGED,
        TRANSLATED,
        REJECTED_TYPE,
    }
    assert set(described["examples"]) == sent


def test_the_headers_of_a_rejection_are_those_described() -> None:
    record = rejection_record(
        example_rejection(),
        decided_on="c0ffee",
        time="2024-05-14T09:30:00Z",
        traceparent="00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    )
    described = DOCUMENT["components"]["schemas"]["CloudEventHeaders"]
    headers = {name: value.decode() for name, value in record.headers}
    jsonschema.validate(headers, described)
    of_events = {ATTRIBUTE_PREFIX + name for name in MEANINGS}
    assert headers.keys() == described["properties"].keys() - of_events


def test_the_headers_of_a_failure_are_those_described() -> None:
    record = failure_record(
        message(b"{"),
        stage="decode",
        reason=FailureReason.UNDECODABLE,
        error="Failed",
        detail="not JSON",
    )
    described = DOCUMENT["components"]["messages"]["failedPage"]["headers"]
    headers = {name: value.decode() for name, value in record.headers}
    jsonschema.validate(headers, described)
    assert headers.keys() == described["properties"].keys()
