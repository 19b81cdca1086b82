"""What relies on internals of aiokafka, and the check of the versions it was tested with.

`faust_consumer.py` is the place for what relies on internals of Faust. This file is apart from it
because the commands that talk to a broker without a worker (`tail`, `replay`, `topics`, `feed`)
need it too, and they have no Faust app. `topic_codecs.py` has what relies on aiokafka's producer.
No other module touches private names of a Kafka library: a test looks for them.

In the order of the file: tested versions; header names that are not UTF-8; the metadata of single
brokers; log messages.
"""

import importlib.metadata
import logging
import struct
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from itertools import islice
from types import TracebackType
from typing import Any, NamedTuple, Self

from aiokafka.client import AIOKafkaClient
from aiokafka.codec import gzip_decode, lz4_decode, snappy_decode, zstd_decode
from aiokafka.consumer import fetcher
from aiokafka.errors import KafkaError
from aiokafka.protocol.metadata import MetadataRequest
from aiokafka.record.memory_records import MemoryRecords
from aiokafka.record.util import decode_varint

from service.settings import Settings

logger = logging.getLogger(__name__)

TESTED: Mapping[str, str] = {
    "aiokafka": "0.14.0",
    "faust-streaming": "0.15.3",
    "mode-streaming": "0.7.1",
}
"""The versions that are tested, by package: those of requirements.txt. `deploy/CONTRIBUTING.md` has
the steps of an upgrade."""


class UntestedClients(KafkaError):
    """A Kafka library is installed in a version that was not tested, and no setting allows it.

    It is a KafkaError because commands that use the libraries report those.
    """

    def __str__(self) -> str:
        return str(self.args[0])


def check_versions(settings: Settings, packages: Collection[str] = frozenset(TESTED)) -> None:
    """Compare the installed versions of Kafka libraries with the tested ones.

    Another version may have renamed a private name, which raises an error, or have changed what it
    means, which may lose pages without one.

    Raises:
        UntestedClients: a version differs. With COPYDESK_UNTESTED_CLIENTS=allow, the difference is
            logged instead.
    """
    installed = {name: _installed_version(name) for name in sorted(packages)}
    differing = [
        f"{name} {version} is installed, {TESTED[name]} is tested"
        for name, version in installed.items()
        if version != TESTED[name]
    ]
    if not differing:
        return
    what = "; ".join(differing)
    if settings.untested_clients == "refuse":
        raise UntestedClients(
            f"{what}: install the tested versions (requirements.txt), or set"
            " COPYDESK_UNTESTED_CLIENTS=allow to run with these"
        )
    _warn(what)


@cache
def _warn(what: str) -> None:
    """Log a difference once; a worker checks at its start and again before it patches aiokafka."""
    logger.warning("%s (COPYDESK_UNTESTED_CLIENTS=allow)", what)


def _installed_version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "of unknown version"


# Header names that are not UTF-8. Kafka does not check header names, and clients in C or Go write
# any bytes. aiokafka 0.14 raises on such a name, at every fetch: no consumer gets past the record,
# and a worker that is assigned its partition ends each time it starts. Here bytes that are not
# UTF-8 are decoded to escapes (`\xff`).

# Header of a record batch (magic 2): base offset, length; attributes, last offset delta, first and
# newest timestamp; number of records.
_LENGTH = struct.Struct(">8xi")
_HEAD = struct.Struct(">q13xhiqq14xi")
_BEFORE_LENGTH = 12
_CODEC = 0x07
_APPEND_TIME = 0x08
_DECODERS = {1: gzip_decode, 2: snappy_decode, 3: lz4_decode, 4: zstd_decode}


def read_any_header_name(settings: Settings) -> None:
    """Patch aiokafka, so that every consumer of this process reads records with any header names.

    Raises:
        UntestedClients: as `check_versions`, for aiokafka.
    """
    check_versions(settings, {"aiokafka"})
    fetcher.MemoryRecords = BatchReader


class _Record(NamedTuple):
    """The attributes of a record that aiokafka's consumer uses."""

    offset: int
    timestamp: int
    timestamp_type: int
    key: bytes | None
    value: bytes | None
    headers: list[tuple[str, bytes | None]]
    checksum: None = None


class BatchReader:
    """Replaces aiokafka's `MemoryRecords`: the record batches of a fetched partition."""

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
    """Wraps one of aiokafka's batches; also decodes header names that are not UTF-8."""

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
    """Read bytes that follow their length; a negative length means None. Returns the next offset
    too."""
    length, at = decode_varint(data, at)
    if length < 0:
        return None, at
    return bytes(data[at : at + length]), at + length


class BrokerMetadata:
    """Asks single brokers for their metadata, which aiokafka's public clients cannot do.

    Use it as a context manager.

    Args:
        options: connection options of an aiokafka client.

    Raises on entering:
        KafkaError: no broker can be reached.
    """

    def __init__(self, options: Mapping[str, Any]) -> None:
        self._client = AIOKafkaClient(**options)

    async def __aenter__(self) -> Self:
        try:
            await self._client.bootstrap()
        except BaseException:
            await self._client.close()
            raise
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._client.close()

    async def brokers(self) -> list[int]:
        """Return the ids of the brokers that can be connected to."""
        ids = [broker.nodeId for broker in self._client.cluster.brokers()]
        return [each for each in ids if await self._client.ready(each)]

    async def topics(self, broker: int) -> set[str]:
        """Return the topics that a broker has, with a leader for each partition.

        Raises:
            KafkaError: the broker does not answer.
        """
        # Request all topics: a broker may create a topic that is requested by name.
        answer = await self._client.send(broker, MetadataRequest(None))
        return {
            topic["topic"]
            for topic in answer.to_object()["topics"]
            if not topic["error_code"] and all(each["leader"] >= 0 for each in topic["partitions"])
        }


@contextmanager
def collected_errors() -> Iterator[list[str]]:
    """Collect the error messages that aiokafka's client logs instead of logging them.

    The exception that it raises does not say why it cannot connect; the messages do.
    """
    messages: list[str] = []

    def collect(record: logging.LogRecord) -> bool:
        if record.levelno >= logging.ERROR and (text := record.getMessage()) not in messages:
            messages.append(text)
        return record.levelno < logging.ERROR

    client = logging.getLogger("aiokafka")
    level = client.level
    if not client.isEnabledFor(logging.ERROR):  # commands that print no log silence it
        client.setLevel(logging.ERROR)
    client.addFilter(collect)
    try:
        yield messages
    finally:
        client.removeFilter(collect)
        client.setLevel(level)


@contextmanager
def quiet_sender() -> Iterator[None]:
    """Log no errors of aiokafka's producer task: it also raises them."""
    sender = logging.getLogger("aiokafka.producer.sender")
    level = sender.level
    sender.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        sender.setLevel(level)
