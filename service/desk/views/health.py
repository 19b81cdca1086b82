"""`/healthz`: whether the desk answers, and whether it reads."""

from aiohttp import web

from service.desk.views.page import desk_of


async def healthz(request: web.Request) -> web.Response:
    """200 with how it goes: a broker that is away is no reason to start the desk again."""
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
            "stories": counts.stories,
            "articles": counts.articles,
        }
    )
