"""Reads the records of a WARC stream; a broken one does not hide the next.

Framing is done here, within fixed limits of memory; the headers are parsed by warcio.

A record is broken if its header cannot be read, or if its Content-Length does not lead to the end
of the record: to a blank line, another record, or the end of the data. Reading goes on

- at the next gzip member, if every record so far had a member of its own, as the standard asks;
- else at the next bytes that look like the start of a record. These may be part of a page that was
  in the broken record, so a page could place a record of its own there. Members prevent this.
"""

import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any, BinaryIO

from warcio.bufferedreaders import ChunkedDataReader
from warcio.recordloader import ArcWarcRecordLoader

from service.read.envelopes.warc_source import START, WarcSource

LARGEST_BODY = 64 * 1024 * 1024
LARGEST_HEAD = 1024 * 1024
"""Bytes of a WARC header, and bytes of a broken record that are kept."""

_LARGEST_BLOCK = LARGEST_BODY + LARGEST_HEAD
"""Bytes of a record that are held in memory, and that reading can go back over."""

_BLOCK = 64 * 1024
_VERSION = re.compile(rb"WARC/[0-9]\.[0-9]{1,2}[ \t]*\r?\n")
_ONCE = re.compile(
    rb"^(content-length|warc-date|warc-record-id|warc-target-uri|warc-type)[ \t]*:", re.I | re.M
)
"""Fields that a header has once. If one is repeated, the header was cut, and another follows it."""

_LENGTH = re.compile(rb"^content-length[ \t]*:([^\r\n]*)", re.I | re.M)
_URL = re.compile(rb"^warc-target-uri[ \t]*:[ \t]*<?([^\r\n>]*)", re.I | re.M)


WITHOUT_HTTP = frozenset({"resource", "conversion"})
"""Types of records that hold a document as such, without HTTP headers: of files that were never
fetched (warcit), or of the result of a conversion."""
NOT_MODIFIED = "server-not-modified"
"""End of the profile of a revisit whose server answered that nothing changed."""


@dataclass(frozen=True, slots=True)
class Revisit:
    """What a record says that omits a body captured earlier.

    Attributes:
        uri: address of the earlier capture; None if the record does not name it.
        date: its date, as written.
        unmodified: the server said so: the earlier capture is of this address.
    """

    uri: str | None
    date: str | None
    unmodified: bool = False


@dataclass(frozen=True, slots=True)
class WarcResponse:
    """One HTTP response, or a document in a record without HTTP headers.

    Attributes:
        kind: type of the record.
        date: date of the capture, as written.
        status: HTTP status; None if the status line has none.
        headers: HTTP headers, names in lower case.
        body: truncated at `LARGEST_BODY` (64 MiB), far above the size that READ accepts.
        revisit: set if the record omits the body because it equals that of an earlier capture.
        truncated: why the crawler cut the body (`WARC-Truncated`); None if it did not.
        digest: `WARC-Payload-Digest`, by which a revisit names its body.
    """

    url: str
    date: str | None
    status: str | None
    headers: tuple[tuple[str, str], ...]
    body: bytes
    revisit: Revisit | None = None
    kind: str = "response"
    truncated: str | None = None
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class BrokenRecord:
    """A record that cannot be read, or bytes between records.

    Attributes:
        why: for people, one line.
        url: the target of the record as written, if that can be read.
        raw: its first bytes, at most `LARGEST_HEAD`.
    """

    why: str
    url: bytes | None
    raw: bytes


class _Broken(Exception):
    """The record being read is broken; the message says why."""


class WarcRecords:
    """Reads the records of a stream one after the other.

    Args:
        member_starts: see `WarcSource`; None if the stream is not compressed with gzip.
        size: number of bytes of the stream, if that is known.
    """

    def __init__(
        self,
        stream: BinaryIO,
        member_starts: "deque[int] | None" = None,
        size: int | None = None,
    ) -> None:
        self._source = WarcSource(stream, deque() if member_starts is None else member_starts)
        self._size = size
        self._own_members = member_starts is not None
        self._records = 0
        self._loader = ArcWarcRecordLoader(verify_http=False, arc2warc=False)

    def next(self) -> WarcResponse | str | BrokenRecord | None:
        """Return the next response, the type of a record that is not one, what is broken, or None
        at the end.

        Raises:
            EOFError, zlib.error: the data ended in this error; what was before it has been read.
        """
        source = self._source
        while (line := source.readline(_BLOCK)) and not line.strip():
            pass
        if not line:
            if source.error is not None:
                raise source.error
            return None
        source.unread(line)
        self._records += 1
        self._own_members = self._own_members and source.is_member_start()
        begin = source.position
        taken: list[bytes] = []
        try:
            if _VERSION.fullmatch(line) is None:
                raise _Broken(f"no WARC record where one should begin, but {line[:40]!r}")
            head = self._take_head(taken)
            self._take_block(_length(head), taken)
        except _Broken as broken:
            return self._skip(str(broken), begin, b"".join(taken))
        try:
            return _parse(self._loader, head, taken[-1])
        except MemoryError:
            raise
        except Exception as error:  # warcio raises many types; the bytes are untrusted
            raw = b"".join(taken)
            return BrokenRecord(f"{type(error).__name__}: {error}", _url(raw), raw[:LARGEST_HEAD])

    @property
    def _skips_by_member(self) -> bool:
        return self._own_members and self._records > 1

    def _take_head(self, taken: list[bytes]) -> bytes:
        lines, left = [self._source.readline(_BLOCK)], LARGEST_HEAD
        taken.append(lines[0])
        while True:
            line = self._source.readline(min(left, _BLOCK))
            taken.append(line)
            left -= len(line)
            if _VERSION.fullmatch(line):
                raise _Broken("its header has no end")
            if left <= 0:
                raise _Broken(f"its header is longer than {LARGEST_HEAD} bytes")
            if not line:
                raise _Broken("the data ends within its header")
            lines.append(line)
            if not line.strip(b"\r\n"):
                taken[:] = [b"".join(lines)]
                return taken[0]

    def _take_block(self, length: int, taken: list[bytes]) -> None:
        source, begin = self._source, self._source.position
        if self._size is not None and length > self._size - source.position:
            raise _Broken(f"the data ends within a record: its Content-Length is {length}")
        block = source.read(min(length, _LARGEST_BLOCK))
        taken.append(block)
        left = length - len(block)
        while left and (more := source.read(min(left, _BLOCK))):
            left -= len(more)
        if left:
            raise _Broken(
                f"the data ends within a record: its Content-Length is {length}, and"
                f" {length - left} bytes follow"
            )
        if self._skips_by_member and source.has_member_since(begin):
            raise _Broken(f"its Content-Length is {length}, and it ends within another record")
        after: list[bytes] = []
        for _ in range(2):  # two line ends follow a record
            line = source.readline(_BLOCK)
            if _VERSION.fullmatch(line):
                source.unread(line)
                return
            after.append(line)
            if not line:
                return
            if line.strip(b"\r\n"):
                source.unread(b"".join(after))
                raise _Broken(f"its Content-Length is {length}, and the record does not end there")
        line = source.readline(_BLOCK)
        source.unread(line)
        # Other bytes follow. If it seems to hold a record, it may have a part of the next.
        if line.strip(b"\r\n") and not _VERSION.fullmatch(line) and START.search(block):
            source.unread(b"".join(after))
            raise _Broken(f"its Content-Length is {length}, and it ends within another record")

    def _skip(self, why: str, begin: int, taken: bytes) -> BrokenRecord:
        source = self._source
        skip = source.skip_to_member if self._skips_by_member else source.skip_to_record
        if begin + len(taken) == source.position:
            source.unread(taken)
            raw = skip(LARGEST_HEAD)
        else:  # more was read than is held in memory; the records in it are lost
            skip(0)
            raw = taken[:LARGEST_HEAD]
        return BrokenRecord(why, _url(raw), raw)


def _length(head: bytes) -> int:
    names = [name.lower() for name in _ONCE.findall(head)]
    if len(names) != len(set(names)):
        raise _Broken("its header has a field twice")
    found = _LENGTH.search(head)
    if found is None:
        raise _Broken("a record without its length")
    length = found.group(1).strip()
    if not length.isdigit() or len(length) > 18:
        shown = repr(length[:40].decode("latin-1"))
        raise _Broken(f"a record without its length: its Content-Length is {shown}")
    return int(length)


def _url(raw: bytes) -> bytes | None:
    found = _URL.search(raw.partition(b"\r\n\r\n")[0])
    return found.group(1).strip() if found else None


def _parse(loader: Any, head: bytes, block: bytes) -> WarcResponse | str:
    version, _, fields = head.partition(b"\n")
    record = loader.parse_record_stream(BytesIO(fields + block), version + b"\n", "warc")
    kind = str(record.rec_type)
    is_revisit = kind == "revisit"
    # Heritrix also writes DNS answers as response records; these have no HTTP headers.
    if (
        not is_revisit
        and kind not in WITHOUT_HTTP
        and (kind != "response" or record.http_headers is None)
    ):
        return kind
    field = record.rec_headers.get_header
    http = None if kind in WITHOUT_HTTP else record.http_headers
    headers = tuple((name.lower(), value) for name, value in http.headers) if http else ()
    if kind in WITHOUT_HTTP and (content_type := field("Content-Type")):
        headers = (("content-type", content_type),)
    return WarcResponse(
        url=str(field("WARC-Target-URI") or ""),
        date=field("WARC-Date"),
        status=http.get_statuscode() if http else None,
        headers=headers,
        body=b"" if is_revisit else _body(record, http),
        revisit=_revisit(field) if is_revisit else None,
        kind=kind,
        truncated=field("WARC-Truncated"),
        digest=field("WARC-Payload-Digest"),
    )


def _revisit(field: Callable[[str], str | None]) -> Revisit:
    return Revisit(
        uri=(field("WARC-Refers-To-Target-URI") or "").strip("<> ") or None,
        date=field("WARC-Refers-To-Date"),
        unmodified=(field("WARC-Profile") or "").rstrip("/").endswith(NOT_MODIFIED),
    )


def _body(record: Any, http: Any) -> bytes:
    stream = record.raw_stream
    transfer = (http.get_header("transfer-encoding") if http else None) or ""
    if transfer.strip().lower() == "chunked":
        stream = ChunkedDataReader(stream)
    blocks = []
    left = LARGEST_BODY
    while left > 0 and (block := stream.read(min(left, _BLOCK))):
        blocks.append(block)
        left -= len(block)
    return b"".join(blocks)
