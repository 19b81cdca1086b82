"""The worker's pages: liveness, readiness, metrics and status, and the end of a halt. They have no
text of crawled pages.

`deploy/SECURITY.md` lists them; Faust's own server, which has more, is off.
"""

from typing import Any, Protocol

from aiohttp import web

from service.settings import Settings
from service.web.host_names import HostNames, check_host
from service.web.serving import ClientLimits
from service.worker.dead_letters.halt import Halts
from service.worker.health.liveness import Liveness
from service.worker.health.resume import may_resume
from service.worker.kafka.read_ahead import ReadAhead
from service.worker.observe import measure, metrics_page, observe
from service.worker.observe.counts import Counts

LIMITS = ClientLimits(connections=64)


class Shown(Protocol):
    """What the pages show: the app."""

    settings: Settings
    liveness: Liveness
    counts: Counts
    halts: Halts
    ahead: ReadAhead | None
    rebalancing_count: int

    def is_ready(self) -> bool:
        """True if the worker is ready for input."""


def make_pages(shown: Shown) -> web.Application:
    """The pages as an aiohttp application. Every route but `/resume` is a read-only GET."""

    async def livez(request: web.Request) -> web.Response:
        stuck = shown.liveness.progress.stuck()
        halted = dict(shown.halts.halted)
        answer = {"alive": stuck is None, "stuck": stuck, "halted": halted}
        answer |= shown.liveness.progress.report()
        return web.json_response(answer, status=503 if stuck else 200)

    async def readyz(request: web.Request) -> web.Response:
        ready = shown.is_ready()
        answer = {"ready": ready, "halted": dict(shown.halts.halted)}
        return web.json_response(answer, status=200 if ready else 503)

    async def metrics(request: web.Request) -> web.Response:
        if (ahead := shown.ahead) is not None:
            measure.alignment(ahead.partitions, ahead.event_times(), ahead.held())
        page = metrics_page.metrics_page(
            ready=shown.is_ready(), lag=shown.liveness.progress.report()["lag"]
        )
        return web.Response(body=page, headers={"Content-Type": metrics_page.CONTENT_TYPE})

    async def status(request: web.Request) -> web.Response:
        answer: dict[str, Any] = {
            **shown.liveness.progress.report(),
            "rebalances": shown.rebalancing_count,
            "counts": shown.counts.report(),
            "event_time": observe.event_times.report(),
        }
        if shown.ahead is not None:
            answer["alignment"] = shown.ahead.report()
        return web.json_response(answer)

    async def resume(request: web.Request) -> web.Response:
        transport = request.transport
        if transport is None:
            raise web.HTTPForbidden
        peer, own = (transport.get_extra_info(each)[0] for each in ("peername", "sockname"))
        if not may_resume(peer, own, request.headers):
            raise web.HTTPForbidden(
                text="This is only for `copydesk resume` on the worker's own machine."
            )
        return web.json_response({"resumed": shown.halts.resume()})

    names = HostNames(shown.settings.web_host, shown.settings.web_names)
    hint = "Use an IP address or localhost, or name it in COPYDESK_WEB_NAMES."
    app = web.Application(middlewares=[check_host(names, hint)])
    app.router.add_get("/livez", livez)
    app.router.add_get("/readyz", readyz)
    app.router.add_get("/metrics", metrics)
    app.router.add_get("/status", status)
    app.router.add_post("/resume", resume)
    return app
