"""A message that a file holds, before it has a position among all messages."""

from dataclasses import dataclass

from service.events.record import Headers


@dataclass(frozen=True, slots=True)
class Draft:
    """Key, value and headers, as a crawler would have written them to `pages.raw`."""

    key: bytes | None
    value: bytes
    headers: Headers


def page_draft(url: str, body: bytes, headers: tuple[tuple[str, str], ...]) -> Draft:
    """A page in the native form, binary mode (see `service.events.adapters.native_binary`)."""
    encoded = tuple((name, value.encode("utf-8", "replace")) for name, value in headers)
    address = url.encode("utf-8", "replace")
    return Draft(key=address, value=body, headers=(("url", address), *encoded))
