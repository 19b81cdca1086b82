"""Input files to messages: archives, JSON lines, saved pages, plain texts, and folders of these."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from service.contract.extracted import SourcePosition
from service.contract.record import InputMessage
from service.local.inputs.compressed import InputLimits
from service.local.inputs.found_file import (
    FoundFile,
    PendingMessage,
    Report,
    UnreadableInput,
    find_files,
)
from service.local.inputs.json_lines import read_json_lines
from service.local.inputs.open_counted import Advance, OpenFile, open_counted
from service.local.inputs.payload_index import PayloadIndex
from service.local.inputs.single_page import read_html, read_saved_mhtml, read_text
from service.local.inputs.wacz import open_archives
from service.local.inputs.warc_file import read_warc
from service.settings import Settings

__all__ = [
    "InputLimits",
    "UnreadableInput",
    "input_limits",
    "read_file",
    "read_inputs",
    "total_bytes",
]


def read_inputs(
    paths: Sequence[Path],
    advance: Advance = lambda count: None,
    report: Report = lambda line: None,
    limits: InputLimits = InputLimits(),  # noqa: B008 - immutable
    input_suffix: str | None = None,
) -> Iterator[InputMessage]:
    """Yield the messages of all files, in order. Archives and JSON lines are read as a stream.

    The position of a message is its file's name, partition 0, and its number among all messages.

    Args:
        paths: files, or folders (see `find_files`).
        advance: called with the number of bytes of each read, before decompression; at the end
            their sum is `total_bytes`.
        report: called with one line about each link that is not followed.
        limits: bound what a compressed file may hold.
        input_suffix: for standard input, see `find_files`.

    Raises:
        UnreadableInput: a file cannot be read, or not to its end.
    """
    number = 0
    payloads = PayloadIndex()
    for file in find_files(paths, report, input_suffix):
        for message in read_file(file, advance, limits, payloads):
            yield InputMessage(
                key=message.key,
                value=message.value,
                headers=message.headers,
                timestamp=None,
                source=SourcePosition(topic=file.name, partition=0, offset=number),
            )
            number += 1


def input_limits(settings: Settings) -> InputLimits:
    """The limits that the settings describe."""
    return InputLimits(settings.input_file_bytes, settings.input_file_ratio)


def total_bytes(paths: Sequence[Path], input_suffix: str | None = None) -> int:
    """Total size of all files on disk, in bytes.

    Args:
        input_suffix: for standard input, see `find_files`.

    Raises:
        UnreadableInput: as `read_inputs`.
    """
    return sum(_size(file.path) for file in find_files(paths, input_suffix=input_suffix))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError as error:
        raise UnreadableInput(path, error.strerror or str(error)) from error


def read_file(
    file: FoundFile, advance: Advance, limits: InputLimits, payloads: PayloadIndex
) -> Iterator[PendingMessage]:
    """Yield the messages of one file, in order.

    Args:
        payloads: bodies of the files before, to which records may refer; the file's own are added.

    Raises:
        UnreadableInput: the file cannot be read, or not to its end.
    """
    with open_counted(file.path, file.suffix, advance, limits) as opened:
        if file.suffix == ".wacz":
            for archive in open_archives(file, opened.stream, limits):
                yield from read_warc(file, archive, payloads)
        else:
            yield from _read(file, opened, payloads)


def _read(file: FoundFile, opened: OpenFile, payloads: PayloadIndex) -> Iterator[PendingMessage]:
    if file.suffix.startswith(".warc"):
        yield from read_warc(file, opened, payloads)
    elif file.suffix.startswith(".jsonl"):
        yield from read_json_lines(opened.stream)
    elif file.suffix == ".txt":
        yield read_text(file, opened.stream)
    elif file.suffix in (".mhtml", ".mht"):
        yield read_saved_mhtml(file, opened.stream)
    else:
        yield read_html(file, opened.stream)
