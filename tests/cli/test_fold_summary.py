"""The summary of `copydesk fold`."""

import orjson

from service.cli.fold_summary import SHOWN, FoldSummary
from service.contract.outcome import (
    FailureReason,
    Rejection,
    RejectionReason,
    failure_record,
    rejection_record,
)
from service.contract.record import Record, Topic
from tests.contract.messages import message


def failed(detail: str) -> Record:
    return failure_record(
        message(b"{"),
        stage="decode",
        reason=FailureReason.UNDECODABLE,
        error="Failed",
        detail=detail,
    )


def rejected(url: str, reason: RejectionReason) -> Record:
    return rejection_record(
        Rejection(url=url, reason=reason, detail="status 404"), decided_on="a", key=None
    )


def test_reasons_are_counted_and_the_first_failures_named() -> None:
    summary = FoldSummary()
    summary.add(Record(Topic.ARTICLES, b"a", b"{}"))
    summary.add(rejected("https://a.example/1", RejectionReason.HTTP_ERROR))
    summary.add(rejected("https://a.example/2", RejectionReason.HTTP_ERROR))
    summary.add(rejected("https://a.example/3", RejectionReason.WALL))
    for number in range(SHOWN + 2):
        summary.add(failed(f"not JSON {number}"))
    first, *named = summary.lines(1.25)
    assert first == (
        "1 article events, 0 story changes, 3 rejected (2 http_error, 1 wall), 5 failed"
        " (5 undecodable) in 1.2 s"
    )
    assert len(named) == SHOWN
    assert named[0].endswith("undecodable: not JSON 0")
    assert not summary.is_empty
    assert summary.done == 9


def translated(story: str, *others: str) -> Record:
    value = {"story": story, "translations": [{"story": other} for other in others]}
    return Record(Topic.STORIES, f"translations/{story}".encode(), orjson.dumps(value))


def test_links_are_counted_as_they_are_in_the_end_and_are_no_story_changes() -> None:
    summary = FoldSummary()
    summary.add(Record(Topic.STORIES, b"a", b"{}"))
    assert "links" not in summary.lines(1.0)[0]
    for record in (translated("a", "b", "c"), translated("b", "a"), translated("c", "a")):
        summary.add(record)
    assert "1 story changes, 2 links between translations, 0 rejected" in summary.lines(1.0)[0]
    for record in (translated("a", "b"), translated("c")):
        summary.add(record)
    assert (summary.as_object(1.0)["links"], summary.as_object(1.0)["stories"]) == (1, 1)


def test_if_nothing_came_out_the_first_rejections_are_named_too() -> None:
    summary = FoldSummary()
    summary.add(rejected("https://a.example/1", RejectionReason.HTTP_ERROR))
    assert summary.is_empty
    assert summary.first() == ["https://a.example/1: http_error: status 404"]
    assert summary.as_object(0.5)["rejected_by_reason"] == {"http_error": 1}
