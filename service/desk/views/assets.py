"""`/healthz`, and the static files of the desk: style, script and icon."""

from aiohttp import web

from service.desk.views.page import desk_of
from service.desk.views.rendering import ASSETS, asset


async def healthz(request: web.Request) -> web.Response:
    """Always 200, with the status as JSON: without brokers, restarting the desk would not help."""
    desk = desk_of(request)
    counts = await desk.facets.counts()
    reading = desk.reading
    return web.json_response(
        {
            "status": "ok",
            "reading": reading.connected,
            "caught_up": reading.caught_up,
            "problem": reading.problem,
            "missing_topics": list(reading.missing),
            "skipped_records": dict(reading.skipped),
            "stories": counts.stories,
            "articles": counts.articles,
        }
    )


async def assets(request: web.Request) -> web.Response:
    """`GET /static/NAME`."""
    name = request.match_info["name"]
    if name not in ASSETS:
        raise web.HTTPNotFound(text="There is no such file.")
    return web.Response(
        body=asset(name),
        headers={"Content-Type": ASSETS[name], "Cache-Control": "public, max-age=86400"},
    )
