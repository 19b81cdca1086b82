"""Extraction by host: which sites give articles, and which have stopped doing so, or give worse
ones."""

from typing import Any

from aiohttp import web

from service.desk.ingest.host_signs import SIGNS
from service.desk.queries.drift import KINDS, YIELD
from service.desk.queries.hosts import PAGE, list_hosts, load_host
from service.desk.queries.story_filters import page_of
from service.desk.views.page import desk_of, render
from service.desk.views.wording import DRIFTS, SIGN_NAMES

_WORDS: dict[str, Any] = {
    "kinds": KINDS,
    "signs": SIGNS,
    "sign_names": SIGN_NAMES,
    "drifts": DRIFTS,
    "yield_": YIELD,
}


async def hosts(request: web.Request) -> web.Response:
    """`GET /hosts`."""
    desk, page = desk_of(request), page_of(request.query)
    drifting = await desk.facets.drifting()
    rows, total = await desk.model.read(list_hosts, page, drifting)
    more = total > page * PAGE
    return await render(request, "hosts.html.j2", rows=rows, more=more, page=page, **_WORDS)


async def host(request: web.Request) -> web.Response:
    """`GET /hosts/NAME`."""
    found = await desk_of(request).model.read(load_host, request.match_info["host"].lower())
    if found is None:
        raise web.HTTPNotFound(text="No page of this host has been seen.")
    return await render(request, "host.html.j2", row=found, **_WORDS)
