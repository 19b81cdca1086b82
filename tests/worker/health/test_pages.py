"""The worker's pages."""

import socket
from types import SimpleNamespace

import pytest
from aiohttp.test_utils import TestClient, TestServer

from service.settings import FixedSettings
from service.worker import app as worker_app_module
from service.worker.app import build_app
from service.worker.health.pages import make_pages
from tests.security.servers import Worker, worker_app


async def test_each_page_says_what_it_is_for() -> None:
    async with TestClient(TestServer(worker_app())) as client:
        assert (await (await client.get("/livez")).json())["alive"] is True
        assert await (await client.get("/readyz")).json() == {"ready": True, "halted": {}}
        assert (await (await client.get("/status")).json())["rebalances"] == 0
        metrics = await client.get("/metrics")
        assert metrics.headers["Content-Type"].startswith("text/plain; version=0.0.4")
        assert "copydesk_" in await metrics.text()


async def test_the_status_and_the_metrics_say_how_partitions_are_aligned() -> None:
    worker = Worker()
    ahead = worker.ahead
    assert ahead is not None
    ahead.begin({3, 4})
    ahead.open()
    for partition, hour in ((3, 0), (4, 10)):
        for offset in range(5):
            at = (1_790_000_000 + 3600 * hour + offset) * 1000
            headers: tuple[tuple[str, bytes], ...] = ()
            record = SimpleNamespace(offset=offset, timestamp=at, headers=headers, value=b"")
            ahead.add(partition, record)
    async with TestClient(TestServer(make_pages(worker))) as client:
        status = await (await client.get("/status")).json()
        metrics = await (await client.get("/metrics")).text()
    assert status["alignment"] == {
        "minutes": 360.0,
        "held": [4],
        "not_waited_for": [],
        "event_times": {"3": "2026-09-21T14:13:20+00:00", "4": "2026-09-22T00:13:20+00:00"},
    }
    assert 'copydesk_align_held{partition="4"} 1.0' in metrics
    assert 'copydesk_align_held{partition="3"} 0.0' in metrics
    assert 'copydesk_align_event_time_seconds{partition="3"} 1.79e+09' in metrics


async def test_a_port_that_is_in_use_ends_the_worker_with_a_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Died(Exception):
        pass

    def die(what: str, error: BaseException | None = None, code: int = 70) -> None:
        raise Died(what, code)

    monkeypatch.setattr(worker_app_module, "die", die)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        app = build_app(FixedSettings(web_port=port), transactional=False)
        with pytest.raises(Died) as died:
            await app._serve_pages()
    assert died.value.args[0].startswith(f"cannot listen on 127.0.0.1:{port}: ")
    assert died.value.args[1] == 1
