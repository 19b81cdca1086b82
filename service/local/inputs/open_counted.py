"""Opening a file, compressed or not, so that what is read of it can be counted."""

import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

import zstandard

from service.local.inputs.unreadable import UnreadableInput

Advance = Callable[[int], None]
_BLOCK = 256 * 1024


class _Counted(io.RawIOBase):
    """A raw file that tells of every read how many bytes it was."""

    def __init__(self, path: Path, advance: Advance) -> None:
        self._file = io.FileIO(path)
        self._advance = advance

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        count = self._file.readinto(buffer) or 0
        self._advance(count)
        return count

    def close(self) -> None:
        self._file.close()
        super().close()


@contextmanager
def open_counted(path: Path, suffix: str, advance: Advance) -> Iterator[BinaryIO]:
    """The file's content, decompressed as its suffix says; `advance` is told of the compressed
    bytes as they are read.

    Raises:
        UnreadableInput: from the block inside too: the file cannot be opened, read or decompressed.
    """
    try:
        with (
            cast(BinaryIO, io.BufferedReader(_Counted(path, advance), _BLOCK)) as file,
            _decompressed(file, suffix) as stream,
        ):
            yield stream
    except EOFError as error:
        raise UnreadableInput(path, "ends in the middle of its compressed data") from error
    except (gzip.BadGzipFile, zlib.error, zstandard.ZstdError) as error:
        raise UnreadableInput(path, f"its compressed data is broken: {error}") from error
    except OSError as error:
        raise UnreadableInput(path, error.strerror or str(error)) from error


def _decompressed(file: BinaryIO, suffix: str) -> BinaryIO:
    if suffix.endswith(".gz"):
        return cast(BinaryIO, gzip.GzipFile(fileobj=file, mode="rb"))
    if suffix.endswith(".zst"):
        reader = zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True)
        return io.BufferedReader(cast(io.RawIOBase, reader), _BLOCK)
    return file
