"""`/metrics` of the desk."""

from aiohttp import web
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4

from service.desk.metrics import metrics_page
from service.desk.views.page import desk_of


async def metrics(request: web.Request) -> web.Response:
    """`GET /metrics`: numbers of hosts only; no host is named."""
    desk = desk_of(request)
    drifting = await desk.facets.drifting()
    caught_up = desk.reading.connected and desk.reading.caught_up
    return web.Response(
        body=metrics_page(drifting, caught_up=caught_up),
        headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4},
    )
