"""Records whose header names are not UTF-8, made readable to aiokafka's consumer.

Kafka does not check names, and clients in C or Go write any bytes. aiokafka 0.14 raises at such a
name, at every fetch: no consumer gets past the record, and a worker that is given its partition
ends each time it starts. Here the bytes that are not UTF-8 are written as `\\xff` instead.
"""

import struct
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from aiokafka.codec import gzip_decode, lz4_decode, snappy_decode, zstd_decode
from aiokafka.consumer import fetcher
from aiokafka.record.memory_records import MemoryRecords
from aiokafka.record.util import decode_varint

# A batch (magic 2): base offset, length; attributes, last offset delta, first and newest timestamp;
# number of records.
_LENGTH = struct.Struct(">8xi")
_HEAD = struct.Struct(">q13xhiqq14xi")
_BEFORE_LENGTH = 12
_CODEC = 0x07
_APPEND_TIME = 0x08
_DECODERS = {1: gzip_decode, 2: snappy_decode, 3: lz4_decode, 4: zstd_decode}


def read_any_header_name() -> None:
    """Let every consumer of this process read such records."""
    fetcher.MemoryRecords = _Records


class _Record(NamedTuple):
    """What aiokafka's consumer takes of a record."""

    offset: int
    timestamp: int
    timestamp_type: int
    key: bytes | None
    value: bytes | None
    headers: list[tuple[str, bytes | None]]
    checksum: None = None


class _Records:
    """Stands in for aiokafka's `MemoryRecords`: batches as they lie in a fetched partition."""

    def __init__(self, data: bytes) -> None:
        self._batches = MemoryRecords(data)
        self._data = memoryview(data)

    def has_next(self) -> bool:
        return bool(self._batches.has_next())

    def size_in_bytes(self) -> int:
        return int(self._batches.size_in_bytes())

    def next_batch(self) -> "_Batch":
        end = _BEFORE_LENGTH + _LENGTH.unpack_from(self._data)[0]
        data, self._data = self._data[:end], self._data[end:]
        return _Batch(self._batches.next_batch(), data)


class _Batch:
    """Stands in for one of aiokafka's batches: the same but for the names."""

    def __init__(self, batch: Any, data: memoryview) -> None:
        self._batch = batch
        self._data = data

    def __getattr__(self, name: str) -> Any:
        return getattr(self._batch, name)

    def __next__(self) -> Any:
        return next(self._batch)

    def __iter__(self) -> Iterator[Any]:
        read = 0
        try:
            for record in self._batch:
                yield record
                read += 1
        except UnicodeDecodeError:
            yield from islice(_records(self._data), read, None)


def _records(batch: memoryview) -> Iterator[_Record]:
    base, attributes, _, first, newest, count = _HEAD.unpack_from(batch)
    data = bytearray(_unpacked(batch[_HEAD.size :], attributes & _CODEC))
    by_broker = bool(attributes & _APPEND_TIME)
    at = 0
    for _ in range(count):
        _, at = decode_varint(data, at)  # length
        since, at = decode_varint(data, at + 1)  # after the attributes
        offset, at = decode_varint(data, at)
        key, at = _bytes(data, at)
        value, at = _bytes(data, at)
        headers, at = _headers(data, at)
        stamp = newest if by_broker else first + since
        yield _Record(base + offset, stamp, int(by_broker), key, value, headers)


def _unpacked(data: memoryview, codec: int) -> bytes:
    return _DECODERS[codec](data.tobytes()) if codec else data.tobytes()


def _headers(data: bytearray, at: int) -> tuple[list[tuple[str, bytes | None]], int]:
    count, at = decode_varint(data, at)
    headers = []
    for _ in range(count):
        name, at = _bytes(data, at)
        value, at = _bytes(data, at)
        headers.append(((name or b"").decode("utf-8", "backslashreplace"), value))
    return headers, at


def _bytes(data: bytearray, at: int) -> tuple[bytes | None, int]:
    """Bytes behind their length; a negative one is that of None."""
    length, at = decode_varint(data, at)
    if length < 0:
        return None, at
    return bytes(data[at : at + length]), at + length
