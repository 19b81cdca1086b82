"""A message as a file of the corpus: header lines, an empty line, the value.

`:key` names the key, `:null` a value that is null. Anything at all can be read as a message, so
that what is changed at random still is one.
"""

from service.contract.extracted import SourcePosition
from service.contract.record import InputMessage

TIMESTAMP = 1_715_679_000_250
SOURCE = SourcePosition(topic="pages.raw", partition=3, offset=41)


def parse(data: bytes) -> InputMessage:
    """The message in a file."""
    head, _, body = data.partition(b"\n\n")
    key: bytes | None = None
    value: bytes | None = body
    headers: list[tuple[str, bytes]] = []
    for line in head.split(b"\n") if head else []:
        name, _, text = line.partition(b": ")
        if name == b":key":
            key = text
        elif name == b":null":
            value = None
        else:
            # As a consumer of ours reads names that are not UTF-8.
            headers.append((name.decode("utf-8", "backslashreplace"), text))
    return InputMessage(key, value, tuple(headers), TIMESTAMP, SOURCE)
