"""What Faust and aiokafka hand over, as READ and FOLD take it."""

import pytest
from aiokafka import ConsumerRecord

from service.contract.extracted import SourcePosition
from service.worker.kafka.incoming import consumed_message, input_message
from tests.worker.faust_events import Message


def test_all_is_kept_as_it_came() -> None:
    headers = (("set-cookie", b"a"), ("set-cookie", b"\xff"), ("url", b"https://a.example/"))
    made = input_message(Message(b"\x00value", 41, "pages.raw", 3, b"key", headers))
    assert (made.key, made.value, made.headers) == (b"key", b"\x00value", headers)
    assert made.source == SourcePosition(topic="pages.raw", partition=3, offset=41)


def test_nothing_but_a_key() -> None:
    made = input_message(Message(None, 0, "pages.raw", key=b"key", headers=()))
    assert made.value is None
    assert made.headers == ()


@pytest.mark.parametrize("stamp", [0, 1, 999, 1_715_679_000_251, 1_780_000_000_007])
def test_the_timestamp_is_exact(stamp: int) -> None:
    """Faust has seconds, as a float."""
    made = input_message(Message(b"", 0, "pages.raw", timestamp=stamp / 1000.0))
    assert made.timestamp == stamp


@pytest.mark.parametrize("stamp", [None, -0.001])
def test_no_timestamp(stamp: float | None) -> None:
    assert input_message(Message(b"", 0, "pages.raw", timestamp=stamp)).timestamp is None


@pytest.mark.parametrize(("stamp", "expected"), [(0, 0), (1_715_679_000_251,) * 2, (-1, None)])
def test_a_record_of_aiokafka_gives_the_same(stamp: int, expected: int | None) -> None:
    headers = (("set-cookie", b"a"), ("set-cookie", b"\xff"))
    got = ConsumerRecord(*("pages.raw", 3, 41, stamp, 0), b"key", b"\x00value", None, 3, 6, headers)
    by_faust = Message(got.value, 41, "pages.raw", 3, b"key", headers, stamp / 1000.0)
    assert consumed_message(got) == input_message(by_faust)
    assert consumed_message(got).timestamp == expected
