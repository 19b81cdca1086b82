"""What an adapter is, and the message that the adapters look at in turn."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from service.contract.outcome import Failed, FailureReason
from service.contract.page import RawPage
from service.contract.record import InputMessage
from service.contract.serde import UndecodableValue, load_json
from service.read.envelopes.body_refs import BodyRefs

UTF8_BOM = b"\xef\xbb\xbf"


class Envelope:
    """A message with a value, and the value's JSON object if it has one."""

    def __init__(self, message: InputMessage, value: bytes) -> None:
        self.message = message
        self.value = value

    @cached_property
    def names_its_url(self) -> bool:
        """True if there is a `url` header, which means that the value is the page's own bytes.

        Such a value is not inspected further: otherwise a page could imitate another input form
        and claim another URL.
        """
        return self.message.header("url") is not None

    @cached_property
    def looks_like_an_object(self) -> bool:
        """True if the value begins like a JSON object."""
        return self.value.removeprefix(UTF8_BOM)[:64].lstrip().startswith(b"{")

    @cached_property
    def document(self) -> dict[str, Any] | None:
        """The value as a JSON object; None if it is not one, or if there is a `url` header."""
        if self.names_its_url or not self.looks_like_an_object:
            return None
        try:
            document = load_json(self.value.removeprefix(UTF8_BOM))
        except UndecodableValue:
            return None
        return document if isinstance(document, dict) else None

    def require_document(self) -> dict[str, Any]:
        """Return the value as a JSON object.

        Raises:
            Failed: UNDECODABLE, with the position of the JSON error.
        """
        if self.document is not None:
            return self.document
        try:
            other = load_json(self.value.removeprefix(UTF8_BOM))
        except UndecodableValue as error:
            raise Failed(FailureReason.UNDECODABLE, str(error)) from error
        raise Failed(
            FailureReason.UNDECODABLE, f"a JSON object was expected, not {type(other).__name__}"
        )


@dataclass(frozen=True, slots=True)
class Adapter:
    """The adapter of one input form.

    Attributes:
        name: name of the form in the setting `adapters`.
        recognises: return whether a message has this form, judged by its shape; never raises.
        decode: return the page; raises only `Failed` or `Rejected`.
    """

    name: str
    recognises: Callable[[Envelope], bool]
    decode: Callable[[Envelope, BodyRefs], RawPage]
