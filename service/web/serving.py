"""Serves an aiohttp application with limits on slow clients and on open connections.

aiohttp waits an hour for the next request and for ever for a client that does not read its answer.
Here a connection is closed if its next request is not complete in time. When too many are open, the
one that has waited longest for its request makes room: slow clients cannot keep others out.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler

_HEADERS = {"Server": "copydesk", "X-Content-Type-Options": "nosniff"}


@dataclass(frozen=True, slots=True)
class ClientLimits:
    """Limits on clients.

    Attributes:
        connections: most open connections.
        first_request: seconds until the first request must have arrived, with all its headers.
        next_request: seconds from an answer until the next request; the client must have read the
            answer by then.
        body: seconds to discard the body of a request: no page needs one.
    """

    connections: int
    first_request: float = 10.0
    next_request: float = 30.0
    body: float = 5.0


@asynccontextmanager
async def serving(
    app: web.Application, host: str, port: int, limits: ClientLimits
) -> AsyncIterator[int]:
    """Serve until the block ends; yields the port, which is a free one if `port` is 0.

    Raises:
        OSError: the address cannot be listened on.
    """
    app.middlewares.insert(0, _track)
    app.on_response_prepare.append(_name_no_versions)
    runner = web.AppRunner(
        app,
        access_log=None,
        handle_signals=False,
        shutdown_timeout=1.0,
        handler_cancellation=True,  # a stream ends when its client goes, not at its next event
    )
    await runner.setup()
    server = runner.server
    assert server is not None
    loop = asyncio.get_running_loop()
    open_connections = _Connections(limits)
    try:
        listener = await loop.create_server(
            lambda: _Connection(
                open_connections, server, loop=loop, access_log=None, lingering_time=limits.body
            ),
            host,
            port,
        )
        try:
            yield int(listener.sockets[0].getsockname()[1])
        finally:
            listener.close()
    finally:
        await runner.cleanup()


async def _name_no_versions(request: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(_HEADERS)


class _Connection(web.RequestHandler):  # type: ignore[misc, unused-ignore]
    """One connection, with a timer that runs while a request is awaited."""

    def __init__(self, among: "_Connections", server: web.Server, **options: Any) -> None:
        super().__init__(server, **options)
        self._among = among
        self._stream: asyncio.Transport | None = None
        self._timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._stream = transport
        super().connection_made(transport)
        self._among.add(self)
        self.wait(self._among.limits.first_request)

    def connection_lost(self, exc: BaseException | None) -> None:
        self._stop_timer()
        self._among.remove(self)
        super().connection_lost(exc)

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """Answer a request that cannot be parsed. aiohttp would log a traceback for each."""
        if status >= 500:
            return super().handle_error(request, status, exc, message)
        response = web.Response(status=status, text="Not a valid HTTP request.", headers=_HEADERS)
        response.force_close()
        return response

    def wait(self, seconds: float) -> None:
        """A request is awaited; close the connection if none arrives in time."""
        self._stop_timer()
        self._among.waits(self)
        self._timer = asyncio.get_running_loop().call_later(seconds, self.abort)

    def answer(self) -> None:
        """A request has arrived."""
        self._stop_timer()
        self._among.answers(self)

    def abort(self) -> None:
        """Close the connection at once; what was not sent is lost."""
        if self._stream is not None:
            self._stream.abort()

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


class _Connections:
    """The open connections of a server."""

    def __init__(self, limits: ClientLimits) -> None:
        self.limits = limits
        self._waiting: dict[_Connection, None] = {}  # in the order in which they began to
        self._answered: set[_Connection] = set()

    def add(self, connection: _Connection) -> None:
        """Count a new connection; if there are too many, one is closed."""
        if len(self._waiting) + len(self._answered) >= self.limits.connections:
            oldest = next(iter(self._waiting), connection)
            self.remove(oldest)
            oldest.abort()

    def waits(self, connection: _Connection) -> None:
        """It waits for a request."""
        self.remove(connection)
        self._waiting[connection] = None

    def answers(self, connection: _Connection) -> None:
        """Its request is being answered."""
        self.remove(connection)
        self._answered.add(connection)

    def remove(self, connection: _Connection) -> None:
        """It is closed."""
        self._waiting.pop(connection, None)
        self._answered.discard(connection)


@web.middleware
async def _track(request: web.Request, handler: Handler) -> web.StreamResponse:
    connection = request.protocol
    if not isinstance(connection, _Connection):
        return await handler(request)
    connection.answer()
    try:
        return await handler(request)
    finally:
        connection.wait(connection._among.limits.next_request)
