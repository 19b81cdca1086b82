"""Sites: which give articles, and which have stopped doing so, or give worse ones; and of one site
whose copies it carries."""

from typing import Any
from urllib.parse import quote

from aiohttp import web

from service.desk.ingest.host_signs import SIGNS
from service.desk.queries.drift import KINDS, YIELD
from service.desk.queries.hosts import PAGE, list_hosts, load_host
from service.desk.queries.period import DAYS
from service.desk.queries.site import load_site
from service.desk.queries.story_filters import page_of
from service.desk.views.charts import stacked
from service.desk.views.figures import asked_period
from service.desk.views.page import desk_of, render
from service.desk.views.wording import DRIFTS, SIGN_NAMES

_WORDS: dict[str, Any] = {
    "kinds": KINDS,
    "signs": SIGNS,
    "sign_names": SIGN_NAMES,
    "drifts": DRIFTS,
    "yield_": YIELD,
}

_LINKS = {
    "agency": lambda key: f"/agencies/{quote(key, safe='')}",
    "site": lambda key: f"/hosts/{quote(key, safe='')}",
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
    model, name = desk_of(request).model, request.match_info["host"].lower()
    found = await model.read(load_host, name)
    if found is None:
        raise web.HTTPNotFound(text="No page of this host has been seen.")
    asked, period = await asked_period(request)
    site = await model.read(load_site, name, period)
    return await render(
        request,
        "host.html.j2",
        row=found,
        site=site,
        chart=stacked([(each.originals, each.copies) for _, each in site.days]),
        period=period,
        links=_LINKS,
        filters_of={
            "agency": lambda key: {"host": name, "agency": key},
            "source": lambda key: {"host": name, "original": key},
            "carrier": lambda key: {"original": name, "host": key},
        },
        asked=asked,
        lengths=DAYS,
        **_WORDS,
    )
