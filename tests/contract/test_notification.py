"""The dead letters of `copydesk notify`: the event as it was, and why it is there."""

import jsonschema

from service.contract.extracted import SourcePosition
from service.contract.notification import NotifyFailure, events_headers, undelivered
from service.contract.record import LINKING, PIPELINE, Record, Topic
from service.contract.schema.asyncapi import asyncapi

EVENT = Record(
    topic=Topic.ARTICLES,
    key=b"urn:copydesk:story:1",
    value=b"{}",
    headers=(("ce_id", b"0f3c"), ("ce_type", b"copydesk.article.copied")),
    partition=2,
    timestamp=1_773_122_400_000,
)
PLACE = SourcePosition(topic="news.articles", partition=2, offset=71)


def letter(event: Record = EVENT, detail: str = "answered 503") -> Record:
    return undelivered(
        event,
        PLACE,
        subscription="spun-copies",
        reason=NotifyFailure.EXHAUSTED,
        detail=detail,
        attempts=16,
    )


def test_a_letter_is_the_event_with_headers_that_are_described() -> None:
    made = letter()
    assert (made.topic, made.partition) == (Topic.NOTIFICATIONS_FAILED, None)
    assert (made.key, made.value, made.timestamp) == (EVENT.key, EVENT.value, EVENT.timestamp)
    headers = {name: value.decode() for name, value in made.headers}
    described = asyncapi()["components"]["messages"]["undelivered"]["headers"]
    jsonschema.validate(headers, described)
    assert headers.keys() - dict(EVENT.headers).keys() == described["properties"].keys()


def test_a_letter_of_a_letter_has_each_header_once() -> None:
    again = letter(letter(detail="x" * 5000), detail="answered 500")
    assert again == letter(detail="answered 500")
    assert events_headers(again.headers) == EVENT.headers
    assert (
        len(dict(letter(detail="x" * 5000).headers)["__connect.errors.exception.message"]) == 1000
    )


def test_workers_need_no_topic_of_notifications() -> None:
    assert set(Topic) - set(PIPELINE) == {Topic.NOTIFICATIONS_FAILED, *LINKING}
