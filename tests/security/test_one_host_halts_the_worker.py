"""One host, with as many names and bad pages as it likes, does not halt READ."""

import pytest

from service.contract.record import Topic
from service.worker.kafka.topics import create_topics
from tests.worker.conftest import Deploy, deploy
from tests.worker.feeding import Fed, feed, html_page
from tests.worker.heavy_pages import good_page
from tests.worker.running_worker import running_worker
from tests.worker.topics_reader import read_outcomes

__all__ = ["deploy"]

pytestmark = pytest.mark.stream

BAD = 300


def bad_page(number: int) -> Fed:
    """Not in the encoding that the host states, and from another name of the host each time."""
    return html_page(
        f"https://n{number}.one-host.example/a",
        b"\x1f\x8b\x08 no gzip at all",
        ("content-encoding", b"gzip"),
    )


def no_address(number: int) -> Fed:
    """What a redirect to an address that is none leaves."""
    return Fed(b"https:///%d" % number, good_page(number), (("url", b"https:///%d" % number),))


async def test_one_host_halts_the_worker(deploy: Deploy) -> None:
    deployment = deploy(raw_partitions=1)
    await create_topics(deployment.settings)
    good = html_page("https://good.example/a", good_page())
    pages = [*map(bad_page, range(BAD)), *map(no_address, range(BAD)), good]
    await feed(deployment, pages)
    with running_worker(deployment) as worker:
        outcomes = await read_outcomes(deployment, len(pages))
        worker.stop()
    assert sum(each.topic is Topic.FAILED for each in outcomes) == 2 * BAD
    assert [each.url for each in outcomes if each.topic is Topic.ARTICLES] == [
        "https://good.example/a"
    ]
