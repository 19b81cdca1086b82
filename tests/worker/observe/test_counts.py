"""What is counted can be told apart by a reader of `/status`."""

from service.contract.outcome import FailureReason, failure_record
from service.contract.record import Record, Topic
from service.worker.observe.counts import Counts
from tests.contract.messages import message


def failed(reason: FailureReason, stage: str) -> Record:
    # A page that was replayed brings the reason of its first failure along, and pages lie.
    came = message(b"x", (("copydesk-reason", b"lie"),))
    return failure_record(came, stage=stage, reason=reason, error="E", detail="")


def test_what_pages_did_to_their_children_is_told_apart() -> None:
    counts = Counts()
    for reason, times in (("timeout", 3), ("out_of_memory", 2), ("crashed", 4), ("error", 1)):
        for _ in range(times):
            counts.enter_read(failed(FailureReason(reason), "read"))
    counts.enter_folded(failed(FailureReason.ERROR, "fold"))
    report = counts.report()
    assert report["failed"] == {
        "read.timeout": 3,
        "read.out_of_memory": 2,
        "read.crashed": 4,
        "read.error": 1,
        "fold.error": 1,
    }
    assert report["read"] == {"pages.failed": 10}
    assert report["folded"] == {"pages.failed": 1}


def test_rejections_are_counted_by_reason_over_both_stages() -> None:
    counts = Counts()
    rejected = Record(Topic.REJECTED, None, b"{}", (("copydesk-reason", b"too_short"),))
    counts.enter_read(rejected)
    counts.enter_folded(rejected)
    counts.enter_read(Record(Topic.EXTRACTED, None, b"{}"))
    assert counts.report()["rejected"] == {"too_short": 2}
    assert counts.report()["read"] == {"pages.rejected": 1, "articles.extracted": 1}
