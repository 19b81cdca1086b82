"""The style, the script and the mark: the only files there are."""

from aiohttp import web

from service.desk.rendering import ASSETS, asset


async def assets(request: web.Request) -> web.Response:
    """`GET /static/NAME`."""
    name = request.match_info["name"]
    if name not in ASSETS:
        raise web.HTTPNotFound(text="There is no such file.")
    return web.Response(
        body=asset(name),
        headers={"Content-Type": ASSETS[name], "Cache-Control": "public, max-age=86400"},
    )
