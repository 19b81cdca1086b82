"""Server-sent events that tell open pages which stories, articles and lists have changed."""

import asyncio

import orjson
from aiohttp import web

from service.desk.change_feed import ChangeFeed
from service.desk.views.page import desk_of

STREAMS = 200
"""Maximum number of open streams; further requests get status 503."""

_MANY = 100
"""Above this number of ids an event does not list them, but says that all may have changed."""

_AT_MOST_EVERY = 1.0
_READ_SECONDS = 30.0
"""Seconds a client may take to read an event; then its stream ends."""

_STILL_HERE = 15.0
"""Seconds without a change after which a comment is sent, so that a lost client is noticed."""

OPEN: web.AppKey[set[asyncio.Task[object]]] = web.AppKey("open streams")


async def changes(request: web.Request) -> web.StreamResponse:
    """`GET /changes?since=NUMBER`: an event when the read model changes, at most one a second."""
    streams = request.app[OPEN]
    if len(streams) >= STREAMS:
        raise web.HTTPServiceUnavailable(text="Too many pages are listening already.")
    change_feed = desk_of(request).change_feed
    since = request.headers.get("Last-Event-ID") or request.query.get("since", "")
    number = int(since) if since.isdecimal() and len(since) < 16 else change_feed.number
    response = web.StreamResponse(
        headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
    )
    await response.prepare(request)
    task = asyncio.current_task()
    assert task is not None
    streams.add(task)
    try:
        await _write(response, b"retry: 3000\n\n")
        while True:
            try:
                async with asyncio.timeout(_STILL_HERE):
                    await change_feed.wait(number)
            except TimeoutError:
                await _write(response, b": still here\n\n")
                continue
            number = await _send_changes(response, change_feed, number)
            await asyncio.sleep(_AT_MOST_EVERY)
    except (ConnectionError, TimeoutError):
        return response
    finally:
        streams.discard(task)


async def end_streams(app: web.Application) -> None:
    """End the open streams when the desk stops."""
    streams: set[asyncio.Task[object]] = app[OPEN]
    for task in tuple(streams):
        task.cancel()


async def _write(response: web.StreamResponse, data: bytes) -> None:
    async with asyncio.timeout(_READ_SECONDS):
        await response.write(data)


async def _send_changes(response: web.StreamResponse, change_feed: ChangeFeed, number: int) -> int:
    ids = change_feed.since(number)
    now = change_feed.number
    every = ids is None or len(ids) > _MANY
    data = orjson.dumps({"number": now, "all": every, "ids": [] if every else sorted(ids or ())})
    await _write(response, b"id: %d\ndata: %s\n\n" % (now, data))
    return now
