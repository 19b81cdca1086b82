"""Outcomes of the pages that are being fed, found by the trace that they carry."""

import re
from dataclasses import replace

from service.contract.record import Headers, InputMessage, Record, Topic
from service.local.fed_outcomes import FedOutcomes, input_trace
from tests.contract.messages import message

FILE = "crawl/a.warc.gz 100"


def page(number: int, file: str = FILE) -> InputMessage:
    return replace(message(b"<p>"), headers=(input_trace(file, number),))


def outcome(headers: Headers, topic: Topic = Topic.ARTICLES) -> Record:
    return Record(topic, b"key", b"{}", (("ce_id", b"1"), *headers))


def test_the_header_is_a_trace_context_that_depends_on_the_page_alone() -> None:
    name, value = input_trace(FILE, 0)
    assert name == "traceparent"
    assert re.fullmatch(rb"00-[0-9a-f]{32}-0{15}1-01", value)
    assert input_trace(FILE, 0) == (name, value)
    others = {input_trace(FILE, 1)[1], input_trace("crawl/b.warc.gz 100", 0)[1]}
    assert len({value[:35], *(each[:35] for each in others)}) == 3, "each page has its own trace"


def test_each_page_counts_once_by_its_first_outcome() -> None:
    outcomes = FedOutcomes()
    pages = [outcomes.expect(page(number)) for number in (7, 8, 9)]
    outcomes.add(outcome(pages[0].headers))
    outcomes.add(outcome(pages[0].headers, Topic.REJECTED))
    outcomes.add(outcome(pages[2].headers, Topic.FAILED))
    assert (outcomes.expected, outcomes.done) == (3, 2)
    assert outcomes.kinds == {Topic.ARTICLES: 1, Topic.FAILED: 1}
    assert not outcomes.are_complete
    outcomes.add(outcome(pages[1].headers, Topic.REJECTED))
    assert outcomes.are_complete


def test_outcomes_of_other_pages_do_not_count() -> None:
    outcomes = FedOutcomes()
    outcomes.expect(page(7))
    for headers in (
        (),
        (("traceparent", b"\xff"),),
        (("traceparent", b"00-" + b"1" * 32 + b"-" + b"2" * 16 + b"-01"),),
        page(6).headers,
        page(8).headers,
        page(10**12).headers,
        page(7, "another.warc 1").headers,
        (("traceparent", page(7).headers[0][1].replace(b"0000000000000008", b"0" * 16)),),
    ):
        outcomes.add(outcome(headers))
    assert outcomes.done == 0


def test_a_page_that_was_refused_is_not_waited_for() -> None:
    outcomes = FedOutcomes()
    outcomes.refuse(outcomes.expect(page(0)))
    assert outcomes.are_complete
    outcomes.add(outcome(page(0).headers))
    assert outcomes.done == 0


def test_a_page_that_is_in_two_files_of_one_name_is_expected_once() -> None:
    outcomes = FedOutcomes()
    outcomes.expect(page(0))
    outcomes.expect(page(0))
    outcomes.add(outcome(page(0).headers))
    assert outcomes.are_complete
