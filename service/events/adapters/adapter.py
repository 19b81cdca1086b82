"""What an input adapter is."""

from collections.abc import Callable
from dataclasses import dataclass

from service.events.adapters.body_refs import BodyRefs
from service.events.adapters.envelope import Envelope
from service.events.raw_page import RawPage


@dataclass(frozen=True, slots=True)
class Adapter:
    """One form of input.

    Attributes:
        name: what the setting calls it.
        recognises: whether a message has this form, told by its shape; never raises.
        decode: the page; raises `Failed` or `Rejected`, and nothing else.
    """

    name: str
    recognises: Callable[[Envelope], bool]
    decode: Callable[[Envelope, BodyRefs], RawPage]
