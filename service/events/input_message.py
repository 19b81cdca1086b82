"""A record as it was read from `pages.raw`, free of any client library."""

from dataclasses import dataclass

from service.events.extracted import SourcePosition
from service.events.record import Headers


@dataclass(frozen=True, slots=True)
class InputMessage:
    """What a crawler wrote, byte for byte, and where it stood.

    Attributes:
        headers: in order, repeats kept, values as bytes.
        timestamp: of the record, milliseconds since the epoch.
    """

    key: bytes | None
    value: bytes | None
    headers: Headers
    timestamp: int | None
    source: SourcePosition

    def header(self, name: str) -> bytes | None:
        """The first header of this name."""
        return next((value for key, value in self.headers if key == name), None)
