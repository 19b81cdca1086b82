"""What a worker and a child process say to each other: frames of bytes, and what stands in them.

A frame is its length (four bytes, big-endian) and then so many bytes. Nothing is pickled: a child
reads what strangers wrote, and must not be able to have the worker run anything.
"""

import struct
from collections.abc import Iterator
from typing import Any

import msgpack  # type: ignore[import-untyped]

from service.events.extracted import SourcePosition
from service.events.input_message import InputMessage
from service.events.record import Record
from service.events.topics import Topic

READY = b"ready"
"""A child's first frame."""

_LENGTH = struct.Struct("!I")
# Header names may hold what is no UTF-8, as lone surrogates.
_ERRORS = "surrogatepass"


class NoRecord(Exception):
    """A child answered something else than a record."""


def framed(content: bytes) -> bytes:
    """The frame of a content."""
    return _LENGTH.pack(len(content)) + content


class Frames:
    """Puts frames together from bytes as they arrive."""

    def __init__(self) -> None:
        self._held = bytearray()

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Take bytes; yields the content of each frame that is whole by now."""
        held = self._held
        held += data
        at = 0
        while len(held) - at >= _LENGTH.size:
            start = at + _LENGTH.size
            end = start + _LENGTH.unpack_from(held, at)[0]
            if end > len(held):
                break
            yield bytes(held[start:end])
            at = end
        del held[:at]


def pack_message(message: InputMessage) -> bytes:
    """A page for a child."""
    source = message.source
    packed: bytes = msgpack.packb(
        (
            message.key,
            message.value,
            message.headers,
            message.timestamp,
            source.topic,
            source.partition,
            source.offset,
        ),
        unicode_errors=_ERRORS,
    )
    return packed


def unpack_message(packed: bytes) -> InputMessage:
    """What `pack_message` packed."""
    key, value, headers, timestamp, topic, partition, offset = _unpacked(packed)
    source = SourcePosition(topic=topic, partition=partition, offset=offset)
    return InputMessage(key, value, headers, timestamp, source)


def pack_record(record: Record) -> bytes:
    """A child's answer."""
    packed: bytes = msgpack.packb(
        (
            record.topic.value,
            record.key,
            record.value,
            record.headers,
            record.partition,
            record.timestamp,
        ),
        unicode_errors=_ERRORS,
    )
    return packed


def unpack_record(packed: bytes) -> Record:
    """What `pack_record` packed.

    Raises:
        NoRecord: it is none.
    """
    try:
        topic, key, value, headers, partition, timestamp = _unpacked(packed)
        return Record(Topic(topic), key, value, headers, partition, timestamp)
    except (TypeError, ValueError) as error:
        raise NoRecord(f"a child's answer is no record: {error}") from error


def _unpacked(packed: bytes) -> Any:
    return msgpack.unpackb(packed, use_list=False, unicode_errors=_ERRORS)
