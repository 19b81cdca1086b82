"""A message that the adapters look at in turn: what several of them ask is worked out once."""

from functools import cached_property
from typing import Any

from service.events.input_message import InputMessage
from service.events.outcome import Failed, FailureReason
from service.events.serde import UndecodableValue, load_json

UTF8_BOM = b"\xef\xbb\xbf"


class Envelope:
    """A message with a value, and its JSON if it has one."""

    def __init__(self, message: InputMessage, value: bytes) -> None:
        self.message = message
        self.value = value

    @cached_property
    def names_its_url(self) -> bool:
        """Whether a `url` header makes the value a page's own bytes.

        Only then: a page could otherwise pass itself off as an envelope that names another URL.
        """
        return self.message.header("url") is not None

    @cached_property
    def looks_like_an_object(self) -> bool:
        """Whether the value begins as a JSON object does."""
        return self.value.removeprefix(UTF8_BOM)[:64].lstrip().startswith(b"{")

    @cached_property
    def document(self) -> dict[str, Any] | None:
        """The value as a JSON object; None if it is none."""
        if self.names_its_url or not self.looks_like_an_object:
            return None
        try:
            document = load_json(self.value.removeprefix(UTF8_BOM))
        except UndecodableValue:
            return None
        return document if isinstance(document, dict) else None

    def require_document(self) -> dict[str, Any]:
        """The value as a JSON object.

        Raises:
            Failed: UNDECODABLE, with where the JSON breaks.
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
