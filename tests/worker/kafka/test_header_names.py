"""Header names that are not UTF-8 stop no consumer."""

import pytest

from service.contract.record import Topic
from service.worker.kafka.topics import create_topics
from tests.worker.conftest import Deploy
from tests.worker.feeding import CRAWLED_AT, Fed, feed, html_page
from tests.worker.heavy_pages import good_page
from tests.worker.odd_names import CODECS, RawName, feed_batch
from tests.worker.running_worker import running_worker
from tests.worker.topics_reader import read_all, read_outcomes

pytestmark = pytest.mark.stream

ODD = RawName(b"http-x-\xff\xfe")
URL = ("url", b"https://odd.example/a")


def page(number: int) -> Fed:
    return html_page(f"https://plain-{number}.example/a", good_page(number))


async def test_a_page_with_an_odd_header_name_is_a_page(deploy: Deploy) -> None:
    deployment = deploy(raw_partitions=1)
    await create_topics(deployment.settings)
    fed = 0
    for codec in CODECS:
        broken = Fed(None, b"no gzip", (URL, ("content-encoding", b"gzip"), (ODD, b"\xfd")))
        odd = Fed(
            b"k", good_page(codec), (("url", b"https://odd-%d.example/a" % codec), (ODD, b"1"))
        )
        batch = [page(10 * codec), odd, page(10 * codec + 1), broken]
        await feed_batch(deployment, batch, codec)
        fed += len(batch)
    await feed(deployment, [page(100)])
    with running_worker(deployment) as worker:
        await read_outcomes(deployment, fed + 1)
        worker.stop()
    seen = await read_all(deployment)
    articles = {record.url for record in seen if record.topic is Topic.ARTICLES}
    assert {f"https://odd-{codec}.example/a" for codec in CODECS} <= articles
    assert len(articles) == 3 * len(CODECS) + 1
    failed = [record for record in seen if record.topic is Topic.FAILED]
    assert len(failed) == len(CODECS)
    for letter in failed:
        assert letter.value == b"no gzip"
        assert letter.timestamp == CRAWLED_AT
        assert letter.headers[2] == ("http-x-\\xff\\xfe", b"\xfd")
    assert sorted(letter.source[1] for letter in failed) == [3 + 4 * n for n in range(len(CODECS))]
