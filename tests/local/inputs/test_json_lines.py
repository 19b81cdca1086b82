"""JSON lines to messages."""

import io

import pytest

from service.contract.extracted import SourcePosition
from service.contract.outcome import FailureReason
from service.contract.record import InputMessage
from service.local.inputs import json_lines
from service.local.inputs.json_lines import read_json_lines
from service.read.envelopes import decode
from tests.contract.messages import outcome

GOOD = b'{"url": "https://gazette.example/a", "text": "<p>a</p>"}'


def messages(content: bytes) -> list[InputMessage]:
    return [
        InputMessage(
            message.key,
            message.value,
            message.headers,
            None,
            SourcePosition(topic="a.jsonl", partition=0, offset=0),
        )
        for message in read_json_lines(io.BytesIO(content))
    ]


def test_each_line_is_a_page_with_its_url_as_key() -> None:
    found = messages(GOOD + b"\r\n\n  \n" + GOOD.replace(b"/a", b"/b"))
    assert [message.key for message in found] == [
        b"https://gazette.example/a",
        b"https://gazette.example/b",
    ]
    assert decode(found[0]).text == "<p>a</p>"


@pytest.mark.parametrize("bad", [b'{"url": "https://g.example/', b"no JSON", b"[1]", b"\xff\xfe"])
def test_a_bad_line_ends_as_a_failure_and_its_neighbours_do_not(bad: bytes) -> None:
    before, broken, after = messages(GOOD + b"\n" + bad + b"\n" + GOOD)
    assert outcome(broken)[0] == FailureReason.UNDECODABLE
    assert decode(before).text == decode(after).text == "<p>a</p>"


def test_lines_in_the_form_of_a_crawler_are_read_as_such() -> None:
    [message] = messages(
        b'{"appid": "a", "crawlid": "b", "url": "https://g.example/", '
        b'"body": "<p>", "status_code": 200}'
    )
    assert decode(message, ("scrapy_cluster",)).text == "<p>"


def test_a_line_without_end_does_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_lines, "LONGEST_LINE", 64)
    endless, good = messages(b'{"url": "' + b"a" * 1000 + b'"}\n' + GOOD + b"\n")
    assert len(endless.value or b"") == 64
    assert outcome(endless)[0] == FailureReason.UNDECODABLE
    assert decode(good).text == "<p>a</p>"
