"""Messages between a worker and a child process: framing and serialisation.

A frame is its length (four bytes, big-endian) followed by that many bytes. Nothing is pickled: a
child reads untrusted pages, and must not be able to make the worker execute code.
"""

import math
import struct
from collections.abc import Iterator
from typing import Any

import msgpack

from service.contract.extracted import SourcePosition
from service.contract.record import InputMessage, Record, Topic

READY = b"ready"
"""A child's first frame."""

LOADING = b"loading"
"""Sent while a page is read: a table of a language is being loaded. `pack_loaded` follows."""

_LOADED = struct.Struct("!6sdd")
_LOADED_NAME = b"loaded"

_LENGTH = struct.Struct("!I")
# Header names may contain lone surrogates, for bytes that are not UTF-8.
_ERRORS = "surrogatepass"


class NoRecord(Exception):
    """A child's answer is not a record."""


def framed(content: bytes) -> bytes:
    """Return the content as a frame: its length, then its bytes."""
    return _LENGTH.pack(len(content)) + content


class Frames:
    """Reassembles frames from bytes as they arrive."""

    def __init__(self) -> None:
        self._held = bytearray()

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Add bytes; yield the content of each frame that is complete."""
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
    """Serialise a page for a child."""
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
    """Deserialise the result of `pack_message`."""
    key, value, headers, timestamp, topic, partition, offset = _unpacked(packed)
    source = SourcePosition(topic=topic, partition=partition, offset=offset)
    return InputMessage(key, value, headers, timestamp, source)


def pack_record(record: Record) -> bytes:
    """Serialise a child's answer."""
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
    """Deserialise the result of `pack_record`.

    Raises:
        NoRecord: the bytes are not a record.
    """
    try:
        topic, key, value, headers, partition, timestamp = _unpacked(packed)
        return Record(Topic(topic), key, value, headers, partition, timestamp)
    except (TypeError, ValueError) as error:
        raise NoRecord(f"a child's answer is no record: {error}") from error


def pack_loaded(processor: float, wall: float) -> bytes:
    """Serialise the end of a load, and the seconds that it took."""
    return _LOADED.pack(_LOADED_NAME, processor, wall)


def unpack_loaded(packed: bytes) -> tuple[float, float] | None:
    """Deserialise the result of `pack_loaded`; None if it is something else.

    Raises:
        NoRecord: the seconds are no time.
    """
    if len(packed) != _LOADED.size or not packed.startswith(_LOADED_NAME):
        return None
    _, processor, wall = _LOADED.unpack(packed)
    if not (0 <= processor < math.inf and 0 <= wall < math.inf):
        raise NoRecord("a child loaded a table in no time")
    return processor, wall


def _unpacked(packed: bytes) -> Any:
    return msgpack.unpackb(packed, use_list=False, unicode_errors=_ERRORS)
