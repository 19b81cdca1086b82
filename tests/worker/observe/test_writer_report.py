"""What LINK's writer tells of its work, in counters and metrics; FOLD's is in `test_measure.py`."""

import orjson

from service.contract.outcome import FailureReason
from service.contract.record import Record, Topic
from service.link.linker import Linker
from service.link.stage import unlinked
from service.worker.observe import measure_link, observe
from service.worker.observe.counts import Counts
from service.worker.observe.metrics import REGISTRY
from service.worker.observe.writer_report import LinkReport
from tests.link.records import message
from tests.worker.observe.test_measure import Changes


def event(*translations: str) -> Record:
    value = {"story": "a", "translations": [{"story": each} for each in translations]}
    return Record(Topic.STORIES, b"translations/a", orjson.dumps(value))


def test_events_repeats_and_dead_letters_are_counted() -> None:
    changes, counts = Changes(), Counts()
    report = LinkReport(counts)
    letter = unlinked(message(b"{", 4), FailureReason.UNDECODABLE, ValueError("cut off"))
    records = [event("b"), event(), letter, Record(Topic.LINK_STATE, b"position/0", b"{}")]
    observe.linked(message(b"{", 4), records[2:], observe.now())
    observe.linked(message(b"{}", 5), records[:2], observe.now())
    observe.linked(message(b"{}", 5), [], observe.now())
    report.count(records)
    report.written(records)
    report.repeats(1)
    report.acknowledged(1.0)
    assert counts.report()["linked"] == {
        "stories": 2,
        "pages.failed": 1,
        "link.state": 1,
        "repeats": 1,
    }
    assert counts.report()["failed"] == {"link.undecodable": 1}
    assert counts.total() == 5
    for outcome in ("placed", "repeat", "failed"):
        assert changes("copydesk_link_inputs_total", outcome=outcome) == 1
    for kind in ("linked", "unlinked"):
        assert changes("copydesk_translation_events_total", kind=kind) == 1
    assert changes("copydesk_pages_total", outcome="failed", reason="undecodable") == 0
    assert changes("copydesk_input_age_seconds_count", stage="link") == 1
    assert changes("copydesk_stage_seconds_count", stage="link") == 3


def test_the_gauges_are_shown_while_link_is_here() -> None:
    changes, report = Changes(), LinkReport(Counts())
    with report.loading():
        assert changes("copydesk_link_ready", partition="0") == 0
    measure_link.state(Linker(100))
    report.queue(7)
    assert changes("copydesk_link_ready", partition="0") == 1
    assert changes("copydesk_link_queue_stories", partition="0") == 7
    report.forget()
    report.forget()
    shown = {metric.name for metric in REGISTRY.collect() if metric.samples}
    assert not shown & {"copydesk_link_ready", "copydesk_link_window_stories"}
