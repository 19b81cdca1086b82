"""A receiver of webhooks on the loopback, that does what the test says."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@dataclass(frozen=True)
class Got:
    """One request: path, headers, and the body as bytes."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def event(self) -> Any:
        return json.loads(self.body)

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]


Answering = Callable[[Got, int], web.Response | None]
"""What to answer to a request, and the number of those before it with its id; None closes the
connection without an answer."""


@dataclass
class Receiver:
    """What came, in order; and the address."""

    address: str
    got: list[Got] = field(default_factory=list)

    def ids(self, path: str = "/in") -> list[str]:
        """The ids of what came to a path."""
        return [each.id for each in self.got if each.path == path]


@asynccontextmanager
async def receiving(answering: Answering) -> AsyncIterator[Receiver]:
    """Listen on a free port until the block ends; other paths than `/slow` answer as told, and
    that one does not answer."""
    receiver = Receiver("")
    ended = asyncio.Event()

    async def take(request: web.Request) -> web.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        got = Got(request.path, headers, await request.read())
        before = sum(each.id == got.id and each.path == got.path for each in receiver.got)
        receiver.got.append(got)
        if got.path == "/slow":
            await ended.wait()
        answer = answering(got, before)
        if answer is None:
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        return answer

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", take)
    async with TestServer(app) as server:
        receiver.address = str(server.make_url("/")).rstrip("/")
        try:
            yield receiver
        finally:
            ended.set()
