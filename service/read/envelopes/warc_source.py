"""The bytes of a WARC file with a position, which can go back to the start of a broken record."""

import re
import zlib
from collections import deque
from typing import BinaryIO, cast

_BLOCK = 64 * 1024
_OVERLAP = 128

START = re.compile(
    rb"WARC/[01]\.[0-9]{1,2}[ \t]*\r?\n(?=(?:WARC|Content)-[A-Za-z-]{1,60}:)", re.IGNORECASE
)
"""A version line followed by a field of a WARC header: where a record begins."""


class WarcSource:
    """Reads a stream in blocks; `unread` puts bytes back.

    Data that ends in an error (truncated or damaged compression) is read up to the error; `error`
    then holds it.

    Args:
        member_starts: positions at which a gzip member begins, in ascending order. The stream adds
            to it as it is read; those that were passed are removed.
    """

    def __init__(self, stream: BinaryIO, member_starts: "deque[int]") -> None:
        self._stream = stream
        self._member_starts = member_starts
        self._ahead = b""
        self._at = 0
        self.position = 0
        self.error: EOFError | zlib.error | None = None

    def read(self, count: int) -> bytes:
        """Read `count` bytes; fewer only at the end."""
        parts = []
        while count > 0 and (self._at < len(self._ahead) or self._fill()):
            part = self._ahead[self._at : self._at + count]
            self._at += len(part)
            count -= len(part)
            parts.append(part)
        taken = parts[0] if len(parts) == 1 else b"".join(parts)
        self.position += len(taken)
        return taken

    def readline(self, limit: int) -> bytes:
        """Read to the next newline, or `limit` bytes if there is none among them."""
        parts = []
        while limit > 0 and (self._at < len(self._ahead) or self._fill()):
            end = self._ahead.find(b"\n", self._at, self._at + limit) + 1
            part = self._ahead[self._at : end or self._at + limit]
            self._at += len(part)
            limit -= len(part)
            parts.append(part)
            if end:
                break
        line = b"".join(parts)
        self.position += len(line)
        return line

    def unread(self, data: bytes) -> None:
        """Put back the bytes that were read last."""
        if self._at >= len(data) and self._ahead[self._at - len(data) : self._at] == data:
            self._at -= len(data)
        else:
            self._ahead, self._at = data + self._ahead[self._at :], 0
        self.position -= len(data)

    def is_member_start(self) -> bool:
        """True if a gzip member begins at the position."""
        starts = self._member_starts
        while starts and starts[0] < self.position:
            starts.popleft()
        return bool(starts) and starts[0] == self.position

    def has_member_since(self, begin: int) -> bool:
        """True if a gzip member begins after `begin` and before the position."""
        return any(begin < start < self.position for start in self._member_starts)

    def skip_to_member(self, keep: int) -> bytes:
        """Go on to the next member after the position, or to the end; return what was skipped, at
        most its first `keep` bytes."""
        begin, skipped, starts = self.position, bytearray(), self._member_starts
        while data := self.read(_BLOCK):
            while starts and starts[0] <= begin:
                starts.popleft()
            surplus = self.position - starts[0] if starts else -1
            if surplus > 0:
                self.unread(data[-surplus:])
                data = data[:-surplus]
            skipped += data[: max(keep - len(skipped), 0)]
            if surplus >= 0:
                break
        return bytes(skipped)

    def skip_to_record(self, keep: int) -> bytes:
        """As `skip_to_member`, to the next bytes after the position that look like the start of a
        record (`START`)."""
        skipped = bytearray(self.read(1))
        data = self.read(_BLOCK)
        while data:
            if found := START.search(data):
                self.unread(data[found.start() :])
                skipped += data[: found.start()][: max(keep - len(skipped), 0)]
                break
            more = self.read(_BLOCK)
            done = len(data) - (_OVERLAP if more else 0)
            skipped += data[:done][: max(keep - len(skipped), 0)]
            data = data[done:] + more if more else b""
        return bytes(skipped)

    def _fill(self) -> bool:
        """Read a block; only when nothing is ahead."""
        if self.error is not None:
            return False
        try:
            # `read1` keeps what was decompressed before an error; `read` would lose it.
            self._ahead = cast(bytes, self._stream.read1(_BLOCK))  # type: ignore[attr-defined]
        except (EOFError, zlib.error) as error:
            self._ahead, self.error = b"", error
        self._at = 0
        return bool(self._ahead)
