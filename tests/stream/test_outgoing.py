"""What READ made of a page, against what its topic takes."""

from service.events.extracted import SourcePosition
from service.events.failure import REASON
from service.events.input_message import InputMessage
from service.events.outcome import FailureReason
from service.events.record import Record
from service.events.topics import Topic
from service.settings import MEBIBYTE, Settings
from service.stream.outgoing import fitting

SETTINGS = Settings(largest_message=MEBIBYTE)
MESSAGE = InputMessage(
    key=b"https://long.example/a",
    value=b"<html>",
    headers=(("url", b"https://long.example/a"),),
    timestamp=5,
    source=SourcePosition(topic="pages.raw", partition=1, offset=2),
)


def record(topic: Topic, octets: int) -> Record:
    return Record(topic, b"key", b"x" * octets)


def test_what_fits_is_left_alone() -> None:
    small = record(Topic.EXTRACTED, MEBIBYTE // 2)
    assert fitting(small, MESSAGE, SETTINGS) is small


def test_what_does_not_fit_is_a_dead_letter_of_its_input() -> None:
    letter = fitting(record(Topic.EXTRACTED, MEBIBYTE), MESSAGE, SETTINGS)
    assert (letter.topic, letter.key, letter.value) == (Topic.FAILED, MESSAGE.key, MESSAGE.value)
    assert dict(letter.headers)[REASON] == FailureReason.OUTPUT_TOO_LARGE.encode()


def test_headers_count() -> None:
    many = tuple((f"header-{n}", b"x" * 1000) for n in range(1100))
    letter = fitting(Record(Topic.REJECTED, b"key", b"{}", many), MESSAGE, SETTINGS)
    assert letter.topic is Topic.FAILED


def test_a_dead_letter_is_never_replaced() -> None:
    large = Record(Topic.FAILED, b"key", b"x" * 2 * MEBIBYTE, (("x-null", None),))  # type: ignore[arg-type]
    assert fitting(large, MESSAGE, SETTINGS) is large
