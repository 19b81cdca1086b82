"""Opens a file, compressed or not, and reports the bytes read from it, for progress bars."""

import io
import zipfile
import zlib
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

import zstandard

from service.local.inputs.compressed import (
    Bomb,
    Bounded,
    GzipMembers,
    InputLimits,
    zstandard_reader,
)
from service.local.inputs.found_file import UnreadableInput

Advance = Callable[[int], None]
_BLOCK = 256 * 1024
_GZIP = b"\x1f\x8b"


class _Counted(io.RawIOBase):
    """A raw file that calls `advance` with the number of bytes of each read; together at most the
    file's size, also if a zip is read out of order."""

    def __init__(self, path: Path, advance: Advance) -> None:
        self._file = io.FileIO(path)
        self._advance = advance
        self._left = path.stat().st_size
        self.count = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._file.seekable()  # a pipe is not

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        count = self._file.readinto(buffer) or 0
        self.count += count
        advanced = min(count, self._left)
        self._left -= advanced
        self._advance(advanced)
        return count

    def close(self) -> None:
        self._file.close()
        super().close()


@dataclass(frozen=True, slots=True)
class OpenFile:
    """An open file.

    Attributes:
        member_starts: positions in the stream where gzip members begin, as far as it was read;
            None if it is not compressed with gzip.
        size: number of bytes of the stream; None if it is compressed or a pipe.
    """

    stream: BinaryIO
    member_starts: "deque[int] | None"
    size: int | None


def decompressed(
    file: io.BufferedIOBase,
    suffix: str,
    limits: InputLimits,
    compressed: Callable[[], int],
    size: int | None,
) -> OpenFile:
    """Return a file as it is read, decompressed according to its suffix.

    Args:
        compressed: returns the number of compressed bytes read so far.
        size: number of bytes of the file; None if it is a pipe.
    """
    if suffix.endswith(".gz"):
        # Only the reader of archives takes the starts away again.
        starts: deque[int] = deque(maxlen=None if suffix == ".warc.gz" else 1)
        return OpenFile(_bounded(GzipMembers(file, starts), limits, compressed), starts, None)
    if suffix.endswith(".zst"):
        reader = zstandard_reader(cast(BinaryIO, file))
        return OpenFile(_bounded(reader, limits, compressed), None, None)
    return OpenFile(cast(BinaryIO, file), None, size)


@contextmanager
def open_counted(
    path: Path, suffix: str, advance: Advance, limits: InputLimits
) -> Iterator[OpenFile]:
    """Open a file, decompressed according to its suffix.

    Args:
        advance: called with the number of (compressed) bytes of each read.
        limits: bound what a compressed file may hold.

    Raises:
        UnreadableInput: the file cannot be opened, read or decompressed, or is past the limits.
            Also raised for errors of these kinds in the `with` block.
    """
    try:
        counted = _Counted(path, advance)
        with io.BufferedReader(counted, _BLOCK) as file:
            size = path.stat().st_size if path.is_file() else None  # of a pipe it is not known
            if suffix == ".warc" and file.peek(len(_GZIP)).startswith(_GZIP):
                suffix = ".warc.gz"  # as warcio's `capture_http` writes it, whatever the name
            yield decompressed(file, suffix, limits, lambda: counted.count, size)
    except EOFError as error:
        raise UnreadableInput(path, "ends in the middle of its compressed data") from error
    except (zlib.error, zstandard.ZstdError, zipfile.BadZipFile) as error:
        raise UnreadableInput(path, f"its compressed data is broken: {error}") from error
    except Bomb as error:
        raise UnreadableInput(path, str(error)) from error
    except OSError as error:
        raise UnreadableInput(path, error.strerror or str(error)) from error


def _bounded(inner: io.RawIOBase, limits: InputLimits, compressed: Callable[[], int]) -> BinaryIO:
    bounded = Bounded(inner, limits, compressed)
    return cast(BinaryIO, io.BufferedReader(bounded, _BLOCK))
