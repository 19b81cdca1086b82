"""Server-sent events: which stories, articles and lists have changed, for pages that are open."""

import asyncio

import orjson
from aiohttp import web

from service.desk.bell import Bell
from service.desk.views.page import desk_of

STREAMS = 200
"""Open at once, at most; a browser that is refused asks again."""

_MANY = 100
"""More ids than this are not listed: everything may have changed."""

_AT_MOST_EVERY = 1.0
_STILL_HERE = 15.0
"""Seconds after which a quiet stream says so, so that an end that is gone is noticed."""

OPEN: web.AppKey[set[asyncio.Task[object]]] = web.AppKey("open streams")


async def changes(request: web.Request) -> web.StreamResponse:
    """`GET /changes?since=NUMBER`: an event for each new state of the read model."""
    streams = request.app[OPEN]
    if len(streams) >= STREAMS:
        raise web.HTTPServiceUnavailable(text="Too many pages are listening already.")
    bell = desk_of(request).bell
    since = request.headers.get("Last-Event-ID") or request.query.get("since", "")
    number = int(since) if since.isdecimal() and len(since) < 16 else bell.number
    response = web.StreamResponse(
        headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
    )
    await response.prepare(request)
    task = asyncio.current_task()
    assert task is not None
    streams.add(task)
    try:
        await response.write(b"retry: 3000\n\n")
        while True:
            try:
                async with asyncio.timeout(_STILL_HERE):
                    await bell.wait(number)
            except TimeoutError:
                await response.write(b": still here\n\n")
                continue
            number = await _tell(response, bell, number)
            await asyncio.sleep(_AT_MOST_EVERY)
    except ConnectionError:
        return response
    finally:
        streams.discard(task)


async def end_streams(app: web.Application) -> None:
    """End those that are open, when the desk stops."""
    streams: set[asyncio.Task[object]] = app[OPEN]
    for task in tuple(streams):
        task.cancel()


async def _tell(response: web.StreamResponse, bell: Bell, number: int) -> int:
    ids = bell.since(number)
    now = bell.number
    every = ids is None or len(ids) > _MANY
    data = orjson.dumps({"number": now, "all": every, "ids": [] if every else sorted(ids or ())})
    await response.write(b"id: %d\ndata: %s\n\n" % (now, data))
    return now
