"""The desk as an aiohttp application: routes and middleware. Every route is a read-only GET."""

from aiohttp import web

from service.contract.identity import ARTICLE_URN, STORY_URN
from service.desk.security_headers import add_headers, explain_errors
from service.desk.views.article import article, article_json
from service.desk.views.assets import assets, healthz
from service.desk.views.changes import OPEN, changes, end_streams
from service.desk.views.comparing import comparing
from service.desk.views.export import FORMATS
from service.desk.views.exported import articles_export, stories_export, story_export
from service.desk.views.exported_figures import FORMATS as FIGURES
from service.desk.views.exported_figures import (
    agencies_export,
    agency_export,
    overview_export,
    site_export,
)
from service.desk.views.exported_languages import languages_export
from service.desk.views.exported_pages import hosts_export, without_event_export
from service.desk.views.figures import agencies, agency, overview
from service.desk.views.hosts import host, hosts
from service.desk.views.metrics import metrics
from service.desk.views.page import DESK, Desk
from service.desk.views.stories import stories
from service.desk.views.story import story
from service.desk.views.without_event import failed, rejected
from service.web.host_names import HostNames, check_host

_ID = f"(?:{ARTICLE_URN}|{STORY_URN})?[0-9A-Za-z]+"
"""An id, or the urn that it is a part of."""

_FORMAT = f"{{format:{FORMATS}}}"

_FIGURES = f"{{format:{FIGURES}}}"

_HINT = "Use 127.0.0.1 or localhost, or start the desk with --name."


def make_app(desk: Desk, names: HostNames) -> web.Application:
    """Build the application. It accepts requests to these host names."""
    app = web.Application(middlewares=[explain_errors, check_host(names, _HINT)])
    app[DESK] = desk
    app[OPEN] = set()
    app.on_response_prepare.append(add_headers)
    app.on_shutdown.append(end_streams)
    app.router.add_get("/", stories)
    app.router.add_get(f"/stories.{_FORMAT}", stories_export)
    app.router.add_get(f"/articles.{_FORMAT}", articles_export)
    app.router.add_get(f"/story/{{id:{_ID}}}.{_FORMAT}", story_export)
    app.router.add_get(f"/story/{{id:{_ID}}}/languages.{_FORMAT}", languages_export)
    app.router.add_get(f"/story/{{id:{_ID}}}", story)
    app.router.add_get(f"/article/{{id:{_ID}}}.json", article_json)
    app.router.add_get(f"/article/{{id:{_ID}}}", article)
    app.router.add_get(f"/compare/{{a:{_ID}}}/{{b:{_ID}}}", comparing)
    app.router.add_get(f"/{{name:rejected|failed}}.{_FORMAT}", without_event_export)
    app.router.add_get(f"/hosts.{_FORMAT}", hosts_export)
    app.router.add_get(f"/overview.{_FIGURES}", overview_export)
    app.router.add_get(f"/agencies.{_FIGURES}", agencies_export)
    app.router.add_get(f"/agencies/{{agency}}.{_FIGURES}", agency_export)
    app.router.add_get(f"/hosts/{{host}}.{_FIGURES}", site_export)
    app.router.add_get("/overview", overview)
    app.router.add_get("/agencies", agencies)
    app.router.add_get("/agencies/{agency}", agency)
    app.router.add_get("/rejected", rejected)
    app.router.add_get("/failed", failed)
    app.router.add_get("/hosts", hosts)
    app.router.add_get("/hosts/{host}", host)
    app.router.add_get("/changes", changes)
    app.router.add_get("/healthz", healthz)
    app.router.add_get("/metrics", metrics)
    app.router.add_get("/static/{name}", assets)
    return app
