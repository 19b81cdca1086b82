"""Decompresses input files within limits, and says where the members of a gzip file begin."""

import io
import zlib
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO, cast

import zstandard

_BLOCK = 256 * 1024
_GZIP = 31  # zlib's wbits for a gzip header and checksum
RATIO_AFTER = 256 * 1024 * 1024
"""Decompressed bytes up to which the ratio does not count: small files of one repeated line have a
high one. Gzip can reach 1,032, Zstandard far more; crawled pages have about 5 to 20."""


@dataclass(frozen=True, slots=True)
class InputLimits:
    """Limits on one compressed input file, against decompression bombs.

    Attributes:
        file_bytes: most decompressed bytes.
        ratio: most decompressed bytes for each compressed one, beyond `RATIO_AFTER`; 0 for any.
    """

    file_bytes: int = 64 * 1024**3
    ratio: int = 250


class Bomb(Exception):
    """The file has more decompressed data than is allowed. The message says which limit."""


class Bounded(io.RawIOBase):
    """Counts what comes out of a decompressor.

    Args:
        compressed: returns the number of compressed bytes read so far.
    """

    def __init__(
        self, inner: io.RawIOBase, limits: InputLimits, compressed: Callable[[], int]
    ) -> None:
        self._inner = inner
        self._limits = limits
        self._compressed = compressed
        self._total = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        count: int = self._inner.readinto(buffer) or 0
        self._total += count
        limits = self._limits
        if self._total > limits.file_bytes:
            raise Bomb(
                f"has more than {limits.file_bytes} bytes when decompressed"
                " (COPYDESK_INPUT_FILE_BYTES)"
            )
        if limits.ratio and self._total > max(RATIO_AFTER, limits.ratio * self._compressed()):
            raise Bomb(
                f"has more than {limits.ratio} decompressed bytes for each compressed one"
                " (COPYDESK_INPUT_FILE_RATIO)"
            )
        return count


class GzipMembers(io.RawIOBase):
    """A gzip file of any number of members, as one stream.

    Args:
        starts: gets the position in the decompressed stream where each member begins.
    """

    def __init__(self, file: io.BufferedIOBase, starts: "deque[int]") -> None:
        self._file = file
        self._starts = starts
        self._inflate = zlib.decompressobj(_GZIP)
        self._input = b""
        self._position = 0
        self._within = False
        self._members = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while True:
            self._input = self._input or self._file.read1(_BLOCK)
            if not self._input:
                if self._within:
                    raise EOFError
                return 0
            if not self._within and not self._begin_member():
                continue
            data = self._inflate.decompress(self._input, len(buffer))
            self._input = self._inflate.unconsumed_tail
            if self._inflate.eof:
                self._input = self._inflate.unused_data
                self._inflate = zlib.decompressobj(_GZIP)
                self._within = False
            if data:
                buffer[: len(data)] = data
                self._position += len(data)
                return len(data)

    def _begin_member(self) -> bool:
        """Begin a member, if there is more than padding with zeros, which may follow a member."""
        if self._members:
            self._input = self._input.lstrip(b"\0")
        if not self._input:
            return False
        self._within = True
        self._members += 1
        if not self._starts or self._starts[-1] != self._position:
            self._starts.append(self._position)
        return True


DICTIONARY_MAGIC = b"\x5d\x2a\x4d\x18"
LARGEST_DICTIONARY = 16 * 1024 * 1024


def zstandard_reader(file: BinaryIO) -> io.RawIOBase:
    """A Zstandard file of any number of frames, as one stream. The library refuses frames that
    need a window of more than 128 MiB.

    A WARC file may begin with a skippable frame that holds the dictionary of all other frames,
    perhaps compressed itself (the proposal of the IIPC for `.warc.zst`).

    Raises:
        zstandard.ZstdError: the dictionary is cut off or too large.
    """
    peeked = cast(io.BufferedReader, file).peek(8)[:8]
    if not peeked.startswith(DICTIONARY_MAGIC):
        decompressor = zstandard.ZstdDecompressor()
    else:
        decompressor = zstandard.ZstdDecompressor(dict_data=_read_dictionary(file))
    return cast(io.RawIOBase, decompressor.stream_reader(file, read_across_frames=True))


def _read_dictionary(file: BinaryIO) -> zstandard.ZstdCompressionDict:
    size = int.from_bytes(file.read(8)[4:], "little")
    if size > LARGEST_DICTIONARY:
        raise zstandard.ZstdError(f"its dictionary has {size} bytes, over {LARGEST_DICTIONARY}")
    data = file.read(size)
    if len(data) < size:
        raise zstandard.ZstdError("its dictionary is cut off")
    if data.startswith(zstandard.FRAME_HEADER):
        with zstandard.ZstdDecompressor().stream_reader(data) as reader:
            data = reader.read(LARGEST_DICTIONARY + 1)
        if len(data) > LARGEST_DICTIONARY:
            raise zstandard.ZstdError(f"its dictionary has over {LARGEST_DICTIONARY} bytes")
    return zstandard.ZstdCompressionDict(data)
