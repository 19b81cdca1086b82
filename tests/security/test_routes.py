"""Somebody looks for a page that nobody meant to serve: a debugger, a table, a list of routes.

What the servers serve is what `deploy/SECURITY.md` lists.
"""

import re
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from service.notify.metrics import make_app
from service.settings import FixedSettings
from service.web.host_names import HostNames
from service.worker.app import build_app
from tests.security.servers import desk_app, worker_app

PAGE = (Path(__file__).parents[2] / "deploy" / "SECURITY.md").read_text(encoding="utf-8")
LISTED = re.findall(r"^\| (worker|desk|notify) \| `(/[^`]*)` \|", PAGE, re.M)


CHANGES = "/resume"
"""The one route that changes something."""


def routes(app: web.Application) -> set[tuple[str, str]]:
    """Method and path of each route."""
    return {
        (route.method, re.sub(r"\{(\w+):[^}]+\}", r"{\1}", route.resource.canonical))
        for route in app.router.routes()
        if route.resource is not None
    }


def listed(port: str) -> set[tuple[str, str]]:
    paths = [path for name, path in LISTED if name == port]
    reading = {(method, path) for path in paths for method in ("GET", "HEAD")}
    return reading - {("GET", CHANGES), ("HEAD", CHANGES)} | {
        ("POST", path) for path in paths if path == CHANGES
    }


def test_the_desk_serves_what_is_listed(tmp_path: Path) -> None:
    with desk_app(tmp_path) as (app, _):
        assert routes(app) == listed("desk")
        assert len(list(app.router.routes())) == len(listed("desk"))


def test_the_worker_serves_what_is_listed() -> None:
    app = worker_app()
    assert routes(app) == listed("worker")
    assert len(list(app.router.routes())) == len(listed("worker"))


def test_what_posts_webhooks_serves_what_is_listed() -> None:
    app = make_app({}, HostNames("127.0.0.1"))
    assert routes(app) == listed("notify")


def test_nothing_is_listed_twice() -> None:
    assert len(LISTED) == len(set(LISTED)) == 32


def test_fausts_own_server_is_off() -> None:
    assert not build_app(FixedSettings(), transactional=False).conf.web_enabled


@pytest.mark.parametrize("path", ["/", "/router", "/table", "/graph", "/docs", "/static/../app.py"])
async def test_other_paths_of_the_worker_are_not_found(path: str) -> None:
    async with TestClient(TestServer(worker_app())) as client:
        answer = await client.get(path)
        assert answer.status == 404
        assert "Traceback" not in await answer.text()


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
async def test_nothing_of_the_worker_can_be_changed(method: str) -> None:
    async with TestClient(TestServer(worker_app())) as client:
        answer = await client.request(method, "/status", headers={"Origin": "http://evil.example"})
        assert answer.status == 405
        assert not [name for name in answer.headers if name.startswith("Access-Control")]
