"""Slowloris: clients open connections and send their requests a byte at a time, or read nothing.

Times are of this server: connections are closed by its timers, so the tests wait for its end of
file and measure nothing.
"""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from service.desk.serve import LIMITS as DESK_LIMITS
from service.web.serving import ClientLimits, serving
from service.worker.health.pages import LIMITS as WORKER_LIMITS

Client = tuple[asyncio.StreamReader, asyncio.StreamWriter]

SHORT = ClientLimits(connections=3, first_request=0.2, next_request=0.2, body=0.1)
PATIENT = ClientLimits(connections=3, first_request=600, next_request=600, body=600)
REQUEST = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"


def make_app() -> web.Application:
    async def page(request: web.Request) -> web.Response:
        return web.Response(text="page")

    async def large(request: web.Request) -> web.Response:
        return web.Response(body=bytes(64 * 1024 * 1024))

    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        await asyncio.Event().wait()
        return response

    app = web.Application()
    app.router.add_get("/", page)
    app.router.add_get("/large", large)
    app.router.add_get("/endless", endless)
    return app


async def connect(port: int, sent: bytes = b"") -> Client:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(sent)
    await writer.drain()
    return reader, writer


async def rest(reader: asyncio.StreamReader) -> bytes:
    """What arrives until the server closes the connection."""
    received = b""
    try:
        async with asyncio.timeout(60):
            while data := await reader.read(2**20):
                received += data
    except ConnectionError:
        pass
    return received


@pytest.fixture
async def port() -> AsyncIterator[int]:
    async with serving(make_app(), "127.0.0.1", 0, SHORT) as port:
        yield port


@pytest.mark.parametrize("sent", [b"", b"G", b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: "])
async def test_a_request_that_does_not_arrive_is_not_waited_for(port: int, sent: bytes) -> None:
    reader, _ = await connect(port, sent)
    assert await rest(reader) == b""


async def test_a_byte_now_and_then_does_not_prolong_it(port: int) -> None:
    reader, writer = await connect(port, b"GET / HTTP/1.1\r\nHost: localhost\r\n")

    async def drip() -> None:
        while True:
            writer.write(b"X: y\r\n")
            await asyncio.sleep(0.01)  # the attack, not synchronisation

    dripping = asyncio.create_task(drip())
    assert await rest(reader) == b""
    dripping.cancel()


async def test_an_idle_connection_is_closed_after_its_answer(port: int) -> None:
    reader, _ = await connect(port, REQUEST)
    assert b"200 OK" in await rest(reader)


async def test_a_body_that_does_not_arrive_is_not_waited_for(port: int) -> None:
    sent = REQUEST[:-2] + b"Content-Length: 1000000\r\n\r\nslow"
    reader, _ = await connect(port, sent)
    assert b"200 OK" in await rest(reader)


async def test_a_client_that_does_not_read_is_closed(port: int) -> None:
    reader, writer = await connect(port, REQUEST.replace(b"/ ", b"/large "))
    writer.transport.pause_reading()  # type: ignore[attr-defined]
    others = await connect(port)
    assert await rest(others[0]) == b""  # by now the time of the first is over too
    writer.transport.resume_reading()  # type: ignore[attr-defined]
    assert len(await rest(reader)) < 64 * 1024 * 1024


async def test_waiting_connections_make_room_for_others() -> None:
    async with serving(make_app(), "127.0.0.1", 0, PATIENT) as port:
        slow = [await connect(port, b"GET / HTTP/1.1\r\n") for _ in range(3)]
        for _ in range(5):
            reader, writer = await connect(port, REQUEST)
            assert b"200 OK" in await reader.readuntil(b"\r\n\r\n")
            writer.close()
            await writer.wait_closed()
        assert await rest(slow[0][0]) == b""


async def test_connections_with_an_answer_in_progress_are_kept() -> None:
    async with serving(make_app(), "127.0.0.1", 0, PATIENT) as port:
        streams = [await connect(port, REQUEST.replace(b"/ ", b"/endless ")) for _ in range(3)]
        for reader, _ in streams:
            assert b"200 OK" in await reader.readuntil(b"\r\n\r\n")
        refused, _ = await connect(port, REQUEST)
        assert await rest(refused) == b""
        streams[0][1].close()
        await streams[0][1].wait_closed()
        while True:  # until the server has seen that it is gone
            reader, _ = await connect(port, REQUEST)
            if b"200 OK" in await reader.read(1000):
                break


async def test_several_requests_on_one_connection_are_answered(port: int) -> None:
    reader, _ = await connect(port, REQUEST * 3)
    assert (await rest(reader)).count(b"200 OK") == 3


@pytest.mark.parametrize(
    "sent",
    [
        b"GARBAGE <script>\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01",
        b"GET / HTTP/1.1\r\nno header\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n\r\n",
        REQUEST[:-2] + b"X: y\r\n" * 1000 + b"\r\n",
        REQUEST[:-2] + b"Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
    ],
)
async def test_garbage_is_refused_without_a_traceback_in_answer_or_log(
    port: int, sent: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    reader, _ = await connect(port, sent)
    answer = await rest(reader)
    assert answer.split(b" ")[1] == b"400"
    assert answer.endswith(b"\r\n\r\nNot a valid HTTP request.")
    assert b"aiohttp" not in answer
    assert caplog.records == []


def test_the_limits_of_both_ports_are_as_documented() -> None:
    assert (WORKER_LIMITS.connections, DESK_LIMITS.connections) == (64, 400)
    for limits in (WORKER_LIMITS, DESK_LIMITS):
        assert (limits.first_request, limits.next_request, limits.body) == (10, 30, 5)
