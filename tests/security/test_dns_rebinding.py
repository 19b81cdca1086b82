"""A site in the editor's browser points its own name at 127.0.0.1 and asks for our pages."""

from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer

from service.web.host_names import HostNames
from tests.security.servers import desk_app, worker_app

PATHS = {
    "desk": ["/", "/healthz", "/changes", "/static/desk.css", "/article/x.json", "/nothing"],
    "worker": ["/livez", "/readyz", "/metrics", "/status", "/nothing"],
}
EVIL = ["evil.example", "evil.example:8067", "127.0.0.1.evil.example", "localhost.evil.example", ""]


@pytest.mark.parametrize("host", EVIL)
async def test_neither_port_answers_to_a_foreign_name(host: str, tmp_path: Path) -> None:
    with desk_app(tmp_path) as (desk, _):
        for name, app in (("desk", desk), ("worker", worker_app())):
            async with TestClient(TestServer(app)) as client:
                for path in PATHS[name]:
                    answer = await client.get(path, headers={"Host": host})
                    assert answer.status == 421, (name, path)


async def test_a_worker_in_a_container_answers_probes_by_address() -> None:
    app = worker_app(web_host="0.0.0.0", web_names=("worker.internal",))
    async with TestClient(TestServer(app)) as client:
        for host, status in (
            ("10.1.2.3:8066", 200),
            ("worker.internal", 200),
            ("localhost", 200),
            ("evil.example", 421),
        ):
            assert (await client.get("/livez", headers={"Host": host})).status == status


async def test_a_desk_without_names_beyond_the_loopback_is_not_open_to_any_name(
    tmp_path: Path,
) -> None:
    with desk_app(tmp_path, HostNames("0.0.0.0")) as (app, _):
        async with TestClient(TestServer(app)) as client:
            assert (await client.get("/", headers={"Host": "10.1.2.3"})).status == 200
            assert (await client.get("/", headers={"Host": "evil.example"})).status == 421
