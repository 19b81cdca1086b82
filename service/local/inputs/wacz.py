"""WACZ files: a zip of WARC files with indexes, as browsertrix and scrapy-webarchive leave them."""

import io
import zipfile
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO, cast

from service.local.inputs.compressed import InputLimits
from service.local.inputs.found_file import FoundFile, UnreadableInput
from service.local.inputs.open_counted import OpenFile, decompressed

FOLDER = "archive/"
SUFFIXES = (".warc.gz", ".warc.zst", ".warc")
MOST_ARCHIVES = 10_000


def open_archives(file: FoundFile, stream: BinaryIO, limits: InputLimits) -> Iterator[OpenFile]:
    """Yield the archives in a WACZ file one after the other, in the order of their names.

    Args:
        stream: the file; it must be able to seek.

    Raises:
        UnreadableInput: there is none, or there are more than `MOST_ARCHIVES`.
        zipfile.BadZipFile: the file is no zip.
    """
    with zipfile.ZipFile(stream) as zipped:
        names = sorted(
            name
            for name in zipped.namelist()
            if name.startswith(FOLDER) and name.lower().endswith(SUFFIXES)
        )
        if not names:
            raise UnreadableInput(file.path, f"no archive in its folder {FOLDER}")
        if len(names) > MOST_ARCHIVES:
            raise UnreadableInput(file.path, f"more than {MOST_ARCHIVES} archives")
        for name in names:
            suffix = next(suffix for suffix in SUFFIXES if name.lower().endswith(suffix))
            info = zipped.getinfo(name)
            with zipped.open(info) as member:
                buffered = io.BufferedReader(cast(io.RawIOBase, member))
                compressed = partial(int, info.compress_size)
                yield decompressed(buffered, suffix, limits, compressed, info.file_size)
