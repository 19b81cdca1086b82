"""What was done, as Prometheus reads it."""

import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import TestClient, TestServer
from prometheus_client.parser import text_string_to_metric_families

from service.notify.courier import Counts
from service.notify.metrics import make_app, serving_metrics
from service.settings import FixedSettings
from service.web.host_names import HostNames

COUNTS = {"spun": Counts(delivered=5, failed_attempts=7, letters=2), "ap": Counts()}


async def test_the_page_says_what_became_of_events() -> None:
    async with TestClient(TestServer(make_app(COUNTS, HostNames("127.0.0.1")))) as client:
        answer = await client.get("/metrics")
        families = text_string_to_metric_families(await answer.text())
    values = {
        (sample.name, sample.labels["subscription"], sample.labels.get("outcome")): sample.value
        for family in families
        for sample in family.samples
    }
    events, failed = "copydesk_notify_events_total", "copydesk_notify_failed_attempts_total"
    assert values == {
        (events, "spun", "delivered"): 5,
        (events, "spun", "letter"): 2,
        (failed, "spun", None): 7,
        (events, "ap", "delivered"): 0,
        (events, "ap", "letter"): 0,
        (failed, "ap", None): 0,
    }


async def test_another_name_is_refused() -> None:
    async with TestClient(TestServer(make_app(COUNTS, HostNames("127.0.0.1")))) as client:
        answer = await client.get("/metrics", headers={"Host": "evil.example"})
        assert answer.status == 421


async def test_it_is_served_only_where_a_port_is_given() -> None:
    settings = FixedSettings()
    async with serving_metrics(COUNTS, settings, None) as port:
        assert port is None
    async with serving_metrics(COUNTS, settings, 0) as port, ClientSession() as session:
        async with session.get(f"http://127.0.0.1:{port}/metrics") as answer:
            assert answer.status == 200
        with pytest.raises(OSError, match="in use"):
            async with serving_metrics(COUNTS, settings, port):
                pass
