"""JSON lines: one message a line, in the native form or that of any crawler known."""

from collections.abc import Iterator
from typing import BinaryIO

from service.events.serde import UndecodableValue, load_json
from service.local.inputs.draft import Draft

LONGEST_LINE = 128 * 1024 * 1024
_HEADERS = (("content-type", b"application/json"),)


def read_json_lines(stream: BinaryIO) -> Iterator[Draft]:
    """A message for each line that is not blank.

    A line that is not JSON becomes a message all the same, so that it ends as a failure with a
    reason; one longer than `LONGEST_LINE` is cut, with the same end.
    """
    while line := stream.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE and not line.endswith(b"\n"):
            _skip_rest_of_line(stream)
        value = line.strip()
        if value:
            yield Draft(key=_key(value), value=value, headers=_HEADERS)


def _skip_rest_of_line(stream: BinaryIO) -> None:
    while (rest := stream.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
        pass


def _key(value: bytes) -> bytes | None:
    """The URL, by which a topic keeps the captures of one page in order."""
    try:
        document = load_json(value)
    except UndecodableValue:
        return None
    url = document.get("url") if isinstance(document, dict) else None
    return url.encode() if isinstance(url, str) else None
