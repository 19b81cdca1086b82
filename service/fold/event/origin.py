"""What the records of FOLD take over from the input that gave them."""

from dataclasses import dataclass

from service.contract.record import Headers


@dataclass(frozen=True, slots=True)
class Origin:
    """Of an input.

    Attributes:
        time: RFC 3339; None if the input had none.
        traceparent: W3C trace context; None likewise.
        headers: further headers of its events.
    """

    time: str | None
    traceparent: str | None
    headers: Headers = ()
