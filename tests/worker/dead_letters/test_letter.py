"""A dead letter taken apart gives back the input, byte for byte."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from service.contract.control import Control, ControlAction, control_record
from service.contract.extracted import SourcePosition
from service.contract.outcome import ATTEMPTS, FailureReason, failure_record
from service.contract.record import Headers, InputMessage, Topic
from service.read.stage import shard_of
from service.worker.dead_letters.letter import DeadLetter, read_letter, restored

STAMP = 1_700_000_000_123


@dataclass(frozen=True)
class Got:
    """What aiokafka's consumer gives of a record."""

    key: bytes | None
    value: bytes | None
    headers: Headers
    timestamp: int = STAMP
    partition: int = 2
    offset: int = 77


def came(
    key: bytes | None = b"k", value: bytes | None = b"v", headers: Headers = ()
) -> InputMessage:
    return InputMessage(
        key, value, headers, STAMP, SourcePosition(topic="t", partition=1, offset=5)
    )


def failed(message: InputMessage, stage: str = "read") -> DeadLetter:
    record = failure_record(
        message, stage=stage, reason=FailureReason.TIMEOUT, error="E", detail="too slow"
    )
    letter = read_letter(Got(record.key, record.value, record.headers))
    assert letter is not None
    return letter


names = st.text(max_size=12).filter(
    lambda name: not name.startswith("__connect.errors.") and not name.startswith("copydesk-")
)


@given(
    st.none() | st.binary(max_size=20),
    st.none() | st.binary(max_size=20),
    st.lists(st.tuples(names, st.binary(max_size=9)), max_size=5).map(tuple),
)
def test_the_input_comes_back_as_it_was(
    key: bytes | None, value: bytes | None, headers: Headers
) -> None:
    letter = failed(came(key, value, headers))
    back = restored(letter, shards=1)
    assert (back.topic, back.partition) == (Topic.RAW, None)
    assert (back.key, back.value, back.timestamp) == (key, value, STAMP)
    assert back.headers == (*headers, (ATTEMPTS, b"1"))


def test_an_input_that_fails_again_is_the_same_input_tried_twice() -> None:
    first = failed(came(headers=(("url", b"u"),)))
    back = restored(first, shards=1)
    second = failed(came(back.key, back.value, back.headers))
    assert (first.attempts, second.attempts) == (1, 2)
    assert first.identity == second.identity
    assert second.headers == (("url", b"u"),)


def test_other_inputs_are_other_inputs() -> None:
    inputs = [
        came(),
        came(key=None),
        came(key=b""),
        came(value=None),
        came(key=b"kv", value=b""),
        came(headers=(("a", b""),)),
        came(headers=(("a", b"b"),)),
        came(headers=(("ab", b""),)),
        came(headers=(("a", b""), ("a", b""))),
    ]
    assert len({failed(each).identity for each in inputs}) == len(inputs)


def test_the_last_header_of_a_name_is_the_error_s_own() -> None:
    lying = came(headers=(("copydesk-reason", b"crashed"), ("copydesk-attempts", b"7")))
    letter = failed(lying)
    assert (letter.reason, letter.attempts, letter.message) == ("timeout", 8, "too slow")


def test_a_record_of_another_writer_is_no_letter() -> None:
    assert read_letter(Got(b"k", b"v", (("url", b"u"),))) is None


def test_an_article_that_fold_failed_at_goes_back_to_its_shard() -> None:
    back = restored(failed(came(value=b"no article"), stage="fold"), shards=4)
    assert (back.topic, back.partition) == (Topic.EXTRACTED, 0)


def test_a_decision_that_was_refused_goes_back_to_its_shard() -> None:
    control = Control(
        id=f"{7:032x}",
        action=ControlAction.WITHDRAW,
        target="urn:copydesk:article:a",
        language="ja",
        why="why",
        at="2026-03-10T08:00:00+00:00",
    )
    record = control_record(control, shard_of("ja", 4))
    back = restored(failed(came(record.key, record.value, record.headers), stage="fold"), shards=4)
    assert (back.topic, back.partition) == (Topic.EXTRACTED, record.partition)
    assert back.headers == (*record.headers, (ATTEMPTS, b"1"))


def test_what_link_could_not_place_goes_back_to_the_stories() -> None:
    back = restored(failed(came(b"a story", b"{"), "link"), shards=3)
    assert (back.topic, back.partition) == (Topic.CONCEPTS, None)
    assert (back.key, back.value) == (b"a story", b"{")
