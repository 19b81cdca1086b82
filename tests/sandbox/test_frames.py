"""What a worker and its children say to each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.contract.extracted import SourcePosition
from service.contract.record import InputMessage, Record, Topic
from service.sandbox.frames import (
    Frames,
    NoRecord,
    framed,
    pack_message,
    pack_record,
    unpack_message,
    unpack_record,
)

octets = st.none() | st.binary(max_size=200)
names = st.text(st.characters(exclude_categories=()), max_size=20)
headers = st.lists(st.tuples(names, octets), max_size=5).map(tuple)
stamps = st.none() | st.integers(0, 2**53)


@given(key=octets, value=octets, headers=headers, stamp=stamps, place=st.integers(0, 2**62))
def test_a_page_arrives_as_it_was(key, value, headers, stamp, place) -> None:  # type: ignore[no-untyped-def]
    source = SourcePosition(topic="pages.raw", partition=3, offset=place)
    message = InputMessage(key, value, headers, stamp, source)
    assert unpack_message(pack_message(message)) == message


@given(key=octets, value=octets, headers=headers, stamp=stamps, topic=st.sampled_from(Topic))
def test_a_record_arrives_as_it_was(key, value, headers, stamp, topic) -> None:  # type: ignore[no-untyped-def]
    record = Record(topic, key, value, headers, None if key is None else 2, stamp)
    assert unpack_record(pack_record(record)) == record


@given(contents=st.lists(st.binary(max_size=50), max_size=8), cuts=st.lists(st.integers(1, 30)))
def test_frames_may_come_in_any_pieces(contents: list[bytes], cuts: list[int]) -> None:
    sent = b"".join(map(framed, contents))
    frames = Frames()
    got: list[bytes] = []
    for cut in [*cuts, len(sent)]:
        piece, sent = sent[:cut], sent[cut:]
        got += frames.feed(piece)
    got += frames.feed(sent)
    assert got == contents


@pytest.mark.parametrize("packed", [b"", b"\xc1", b"\x05", b"\x91\xa3abc", b"\x96\xa1x\0\0\0\0\0"])
def test_what_is_no_record_is_told(packed: bytes) -> None:
    with pytest.raises(NoRecord):
        unpack_record(packed)
