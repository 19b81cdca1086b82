"""Extraction by host: which sites give articles, and which have stopped doing so."""

from aiohttp import web

from service.desk.queries.hosts import list_hosts, load_host, rate
from service.desk.queries.story_filters import page_of
from service.desk.views.page import desk_of, render


async def hosts(request: web.Request) -> web.Response:
    """`GET /hosts`."""
    page = page_of(request.query)
    rows, more = await desk_of(request).model.read(list_hosts, page)
    return await render(request, "hosts.html.j2", rows=rows, more=more, page=page, rate=rate)


async def host(request: web.Request) -> web.Response:
    """`GET /hosts/NAME`."""
    found = await desk_of(request).model.read(load_host, request.match_info["host"].lower())
    if found is None:
        raise web.HTTPNotFound(text="No page of this host has been seen.")
    return await render(request, "host.html.j2", row=found, rate=rate)
