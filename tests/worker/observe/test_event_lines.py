"""What is told of pages and articles: dead letters, withdrawals and merges; more when asked."""

import logging

import orjson
import pytest

from service.contract.extracted import SourcePosition
from service.contract.outcome import FailureReason, failure_record
from service.contract.record import InputMessage, Record, Topic
from service.worker.observe.event_lines import log_record, trace_id_of

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
TRACEPARENT = f"00-{TRACE}-00f067aa0ba902b7-01".encode()


def article(kind: str) -> Record:
    value = {
        "copydesk": {
            "story": {"relation": "verbatim"},
            "page": {"url": "https://gazette.example/ferry"},
        }
    }
    headers = (
        ("ce_type", f"copydesk.article.{kind}".encode()),
        ("ce_subject", b"urn:copydesk:article:1"),
        ("traceparent", TRACEPARENT),
    )
    return Record(Topic.ARTICLES, b"urn:copydesk:story:2", orjson.dumps(value), headers)


def told(caplog: pytest.LogCaptureFixture, record: Record, level: int) -> list[logging.LogRecord]:
    caplog.clear()
    with caplog.at_level(level, "copydesk"):
        log_record(record)
    return list(caplog.records)


def test_a_dead_letter_is_a_warning_with_where_it_came_from(
    caplog: pytest.LogCaptureFixture,
) -> None:
    message = InputMessage(
        key=b"https://gazette.example/\x1b[31mferry",
        value=b"",
        headers=(("traceparent", TRACEPARENT),),
        timestamp=None,
        source=SourcePosition(topic="pages.raw", partition=3, offset=77),
    )
    letter = failure_record(
        message, stage="read", reason=FailureReason.TIMEOUT, error="E", detail="not\nread"
    )
    (line,) = told(caplog, letter, logging.INFO)
    assert line.levelname == "WARNING"
    # What is unsafe to print is replaced by the formatters, see `test_logs.py`.
    assert line.getMessage() == "dead letter in read: not\nread"
    fields = vars(line)
    assert fields["reason"] == "timeout"
    assert fields["source"] == "pages.raw/3/77"
    assert fields["trace_id"] == TRACE
    assert fields["url"] == "https://gazette.example/\x1b[31mferry"


def test_a_withdrawal_is_told_and_a_copy_only_when_asked(caplog: pytest.LogCaptureFixture) -> None:
    (line,) = told(caplog, article("withdrawn"), logging.INFO)
    assert vars(line)["uri"] == "urn:copydesk:article:1"
    assert vars(line)["story"] == "urn:copydesk:story:2"
    assert told(caplog, article("copied"), logging.INFO) == []
    (line,) = told(caplog, article("copied"), logging.DEBUG)
    assert vars(line)["relation"] == "verbatim"


def test_a_merge_is_told(caplog: pytest.LogCaptureFixture) -> None:
    state = {"id": "a", "status": "merged", "merged_into": "b"}
    (line,) = told(caplog, Record(Topic.STORIES, b"a", orjson.dumps(state)), logging.INFO)
    assert (vars(line)["story"], vars(line)["into"]) == ("a", "b")
    active = Record(Topic.STORIES, b"a", b'{"id":"a","status":"active"}')
    assert told(caplog, active, logging.DEBUG) == []


@pytest.mark.parametrize("value", [None, b"", b"rubbish", b"00-zz-11-01"])
def test_what_is_no_trace_has_no_id(value: bytes | None) -> None:
    assert trace_id_of(value) is None


def test_translations_are_told_when_asked_and_what_is_internal_never(
    caplog: pytest.LogCaptureFixture,
) -> None:
    value = {"story": "a", "translations": [{"story": "b"}], "translation_of": "b"}
    event = Record(Topic.STORIES, b"translations/a", orjson.dumps(value))
    assert told(caplog, event, logging.INFO) == []
    (line,) = told(caplog, event, logging.DEBUG)
    assert (line.message, line.story, line.translation_of) == ("story linked", "a", "b")  # type: ignore[attr-defined]
    gone = Record(Topic.STORIES, b"translations/a", b'{"story":"a","translations":[]}')
    assert [each.message for each in told(caplog, gone, logging.DEBUG)] == ["story unlinked"]
    for topic in (Topic.CONCEPTS, Topic.LINK_STATE):
        assert told(caplog, Record(topic, b"k", b"{}"), logging.DEBUG) == []
