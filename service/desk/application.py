"""The desk as a web application: its pages and their guard. It has no way to change anything."""

from aiohttp import web

from service.desk.guard import add_headers, check_host, explain_errors
from service.desk.views.article import article, article_json
from service.desk.views.assets import assets
from service.desk.views.changes import OPEN, changes, end_streams
from service.desk.views.comparing import comparing
from service.desk.views.health import healthz
from service.desk.views.hosts import host, hosts
from service.desk.views.page import DESK, Desk
from service.desk.views.stories import stories
from service.desk.views.story import story
from service.desk.views.turned_away import failed, rejected


def make_app(desk: Desk, names: frozenset[str]) -> web.Application:
    """The application of a desk that answers to these names; to any, where there are none."""
    app = web.Application(middlewares=[explain_errors, check_host(names)])
    app[DESK] = desk
    app[OPEN] = set()
    app.on_response_prepare.append(add_headers)
    app.on_shutdown.append(end_streams)
    app.router.add_get("/", stories)
    app.router.add_get("/story/{id:[0-9A-Za-z]+}", story)
    app.router.add_get("/article/{id:[0-9A-Za-z]+}", article)
    app.router.add_get("/article/{id:[0-9A-Za-z]+}.json", article_json)
    app.router.add_get("/compare/{a:[0-9A-Za-z]+}/{b:[0-9A-Za-z]+}", comparing)
    app.router.add_get("/rejected", rejected)
    app.router.add_get("/failed", failed)
    app.router.add_get("/hosts", hosts)
    app.router.add_get("/hosts/{host}", host)
    app.router.add_get("/changes", changes)
    app.router.add_get("/healthz", healthz)
    app.router.add_get("/static/{name}", assets)
    return app
