"""The worst that a crawler can bring, among good pages, through a worker."""

import pytest

from service.contract.record import Topic
from service.worker.kafka.topics import create_topics
from tests.read.page.test_hostile import READ_ANYWAY, REFUSED
from tests.worker.conftest import Deploy
from tests.worker.feeding import feed, html_page
from tests.worker.heavy_pages import endless_page, good_page
from tests.worker.running_worker import running_worker
from tests.worker.topics_reader import read_all, read_outcomes

pytestmark = pytest.mark.stream

GOOD = 100


async def test_hostile_pages_end_in_their_outcome_and_good_ones_are_untouched(
    deploy: Deploy,
) -> None:
    deployment = deploy(page_seconds=5.0, page_raw_bytes=12_000_000, page_decoded_bytes=12_000_000)
    await create_topics(deployment.settings)
    hostile = {f"https://hostile.example/{n}": page for n, page in enumerate(REFUSED.values())}
    readable = {f"https://odd.example/{n}": page for n, page in enumerate(READ_ANYWAY.values())}
    hanging = "https://hanging.example/2026/hang"
    bad = [html_page(url, body) for url, (body, _) in hostile.items()]
    bad += [html_page(url, page.encode()) for url, page in readable.items()]
    bad.append(html_page(hanging, endless_page()))
    good = [html_page(f"https://good.example/{n}", good_page(n)) for n in range(GOOD)]
    mixed = [page for n, each in enumerate(bad) for page in (each, *good[n * 3 : n * 3 + 3])]
    mixed += good[len(bad) * 3 :]
    with running_worker(deployment) as worker:
        await feed(deployment, mixed)
        await read_outcomes(deployment, len(mixed))
        worker.stop()
    outcome = {}
    for record in await read_all(deployment):
        assert record.url not in outcome
        outcome[record.url] = record
    assert {url: outcome[url].reason for url in hostile} == {
        url: reason for url, (_, reason) in hostile.items()
    }
    assert all(outcome[url].topic is Topic.REJECTED for url in hostile)
    assert outcome[hanging].topic is Topic.FAILED
    assert outcome[hanging].reason == "timeout"
    assert outcome[hanging].value == endless_page()
    assert {outcome[url].reason for url in readable} == {None}
    assert {outcome[each.key.decode()].reason for each in good if each.key} == {None}
    texts = {
        outcome[f"https://good.example/{n}"].json["bodies"][0]["value"].split()[1]
        for n in range(GOOD)
    }
    assert len(texts) == GOOD
