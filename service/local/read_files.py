"""Input files as messages: archives, JSON lines, saved pages and plain articles, and folders."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from service.events.extracted import SourcePosition
from service.events.input_message import InputMessage
from service.local.inputs.draft import Draft
from service.local.inputs.found_file import FoundFile, find_files
from service.local.inputs.json_lines import read_json_lines
from service.local.inputs.open_counted import Advance, open_counted
from service.local.inputs.single_page import read_html, read_text
from service.local.inputs.unreadable import UnreadableInput
from service.local.inputs.warc_file import read_warc

__all__ = ["UnreadableInput", "read_inputs", "total_bytes"]


def read_inputs(
    paths: Sequence[Path], advance: Advance = lambda count: None
) -> Iterator[InputMessage]:
    """The messages of all files, in order, as they are read; no file is held in memory whole.

    The position of a message is its file's name, partition 0, and its number among all messages.

    Args:
        paths: files, or folders that are searched for files (see `find_files`).
        advance: told of the bytes read (of the compressed file), whenever some are; their sum is
            `total_bytes` at the end.

    Raises:
        UnreadableInput: a file cannot be read, or not to its end.
    """
    number = 0
    for file in find_files(paths):
        for draft in _drafts(file, advance):
            yield InputMessage(
                key=draft.key,
                value=draft.value,
                headers=draft.headers,
                timestamp=None,
                source=SourcePosition(topic=file.name, partition=0, offset=number),
            )
            number += 1


def total_bytes(paths: Sequence[Path]) -> int:
    """The size of all files together, as they lie on disk.

    Raises:
        UnreadableInput: as `read_inputs`.
    """
    return sum(_size(file.path) for file in find_files(paths))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError as error:
        raise UnreadableInput(path, error.strerror or str(error)) from error


def _drafts(file: FoundFile, advance: Advance) -> Iterator[Draft]:
    with open_counted(file.path, file.suffix, advance) as stream:
        yield from _read(file, stream)


def _read(file: FoundFile, stream: BinaryIO) -> Iterator[Draft]:
    if file.suffix.startswith(".warc"):
        yield from read_warc(file, stream)
    elif file.suffix.startswith(".jsonl"):
        yield from read_json_lines(stream)
    elif file.suffix == ".txt":
        yield read_text(file, stream)
    else:
        yield read_html(file, stream)
