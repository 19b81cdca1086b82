"""The check of the Host header, against DNS rebinding.

Another site may point its own name at this address; the browser would then let its scripts read our
pages. A name that is not ours in the Host header shows it. An IP address there is no name that
another site could point anywhere.
"""

from collections.abc import Sequence
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from service.web.addresses import as_address, is_loopback

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class HostNames:
    """The names that requests may use.

    Accepted are those of the loopback, the address that is listened on and `names`; also any IP
    address, if the server listens beyond the loopback: probes and Prometheus use it.
    """

    def __init__(self, listens_on: str, names: Sequence[str] = ()) -> None:
        self._names = LOOPBACK | {listens_on.lower()} | {name.lower() for name in names}
        self._any_address = not is_loopback(listens_on)

    def accepts(self, header: str) -> bool:
        """True if a Host header, with or without a port, has one of the names."""
        name = _name(header)
        return name in self._names or (self._any_address and as_address(name) is not None)


def check_host(names: HostNames, hint: str) -> Middleware:
    """Middleware that refuses requests to other names with status 421 and the hint."""

    @web.middleware
    async def checked(request: web.Request, handler: Handler) -> web.StreamResponse:
        headers = request.headers.getall("Host", [])
        if len(headers) != 1 or not names.accepts(headers[0]):
            raise web.HTTPMisdirectedRequest(
                text=f"Requests to this host name are not accepted. {hint}"
            )
        return await handler(request)

    return checked


def _name(header: str) -> str:
    try:
        parts = urlsplit(f"//{header}")
        _ = parts.port
    except ValueError:
        return ""
    return (
        ""
        if parts.path or parts.query or parts.fragment or "@" in header
        else (parts.hostname or "")
    )
