"""JSON lines: one message on each line, in the native form or that of a supported crawler."""

from collections.abc import Iterator
from typing import BinaryIO

from service.contract.serde import UndecodableValue, load_json
from service.local.inputs.found_file import PendingMessage

LONGEST_LINE = 128 * 1024 * 1024
LONGEST_WITH_KEY = 16 * 1024 * 1024
"""Longer lines are not parsed for a key, which could take many times their size in memory; READ
rejects nearly all as too large."""

_HEADERS = (("content-type", b"application/json"),)


def read_json_lines(stream: BinaryIO) -> Iterator[PendingMessage]:
    """Yield a message for each line that is not blank.

    A line that is not JSON is passed on too, so that READ counts it as a failure with a reason. A
    line longer than `LONGEST_LINE` bytes is cut, and fails in the same way.
    """
    while line := stream.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE and not line.endswith(b"\n"):
            _skip_rest_of_line(stream)
        value = line.strip()
        if value:
            yield PendingMessage(key=_key(value), value=value, headers=_HEADERS)


def _skip_rest_of_line(stream: BinaryIO) -> None:
    while (rest := stream.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
        pass


def _key(value: bytes) -> bytes | None:
    """The URL: as key it keeps all captures of a page in one partition, and so in order."""
    if len(value) > LONGEST_WITH_KEY:
        return None
    try:
        document = load_json(value)
    except UndecodableValue:
        return None
    url = document.get("url") if isinstance(document, dict) else None
    return url.encode() if isinstance(url, str) else None
