"""HTTP responses from WARC records (ISO 28500), as a stream or as one message's value.

Bodies are freed of chunking, which belongs to the connection, and stay content-encoded.
"""

from dataclasses import dataclass
from io import UnsupportedOperation
from typing import Any, BinaryIO

from warcio.bufferedreaders import ChunkedDataReader
from warcio.recordloader import ArcWarcRecordLoader

LARGEST_BODY = 64 * 1024 * 1024
MAGIC = b"WARC/"
_BLOCK = 64 * 1024


class BadWarc(ValueError):
    """The bytes are no WARC record, or end within one. The message says what was found."""


@dataclass(frozen=True, slots=True)
class WarcResponse:
    """One answer of a server.

    Attributes:
        date: of the capture, as written.
        status: None where the status line has none.
        headers: HTTP headers, names in lower case.
        body: cut at `LARGEST_BODY`, which is far above what is accepted further on.
        revisit: the body was the same as at an earlier capture, and was left out.
    """

    url: str
    date: str | None
    status: str | None
    headers: tuple[tuple[str, str], ...]
    body: bytes
    revisit: bool


class WarcRecords:
    """The records of a stream, one after the other; each must be read before the next."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._loader = ArcWarcRecordLoader(verify_http=False, arc2warc=False)

    def next_response(self) -> WarcResponse | str | None:
        """The next record: a response, or the type of a record that is none; None at the end.

        Raises:
            BadWarc: the stream is broken here.
        """
        line = self._first_line()
        if line is None:
            return None
        if not line.startswith(MAGIC):
            raise BadWarc(f"no WARC record where one should begin, but {line[:40]!r}")
        try:
            record = self._loader.parse_record_stream(self._stream, line, "warc")
            response = _response(record)
            _drain(record.raw_stream)
        except UnsupportedOperation as error:  # warcio asks where the stream is if it must guess.
            raise BadWarc("a record without its length") from error
        except (OSError, MemoryError):
            raise
        except Exception as error:  # warcio raises many kinds, and the bytes are anyone's.
            raise BadWarc(f"{type(error).__name__}: {error}") from error
        left = getattr(record.raw_stream, "limit", None)
        if left is None:
            raise BadWarc("a record without its length")
        if left > 0:
            raise BadWarc("the data ends within a record")
        return response

    def _first_line(self) -> bytes | None:
        while line := self._stream.readline(_BLOCK):
            if line.strip():
                return line
        return None


def _response(record: Any) -> WarcResponse | str:
    kind = str(record.rec_type)
    is_revisit = kind == "revisit"
    # Heritrix writes answers of the name service as responses, too; they have no HTTP headers.
    if not is_revisit and (kind != "response" or record.http_headers is None):
        return kind
    http = record.http_headers
    return WarcResponse(
        url=str(record.rec_headers.get_header("WARC-Target-URI") or ""),
        date=record.rec_headers.get_header("WARC-Date"),
        status=http.get_statuscode() if http else None,
        headers=tuple((name.lower(), value) for name, value in http.headers) if http else (),
        body=b"" if is_revisit else _body(record),
        revisit=is_revisit,
    )


def _body(record: Any) -> bytes:
    stream = record.raw_stream
    transfer = record.http_headers.get_header("transfer-encoding") or ""
    if transfer.strip().lower() == "chunked":
        stream = ChunkedDataReader(stream)
    blocks = []
    left = LARGEST_BODY
    while left > 0 and (block := stream.read(min(left, _BLOCK))):
        blocks.append(block)
        left -= len(block)
    return b"".join(blocks)


def _drain(stream: Any) -> None:
    while stream.read(_BLOCK):
        pass
