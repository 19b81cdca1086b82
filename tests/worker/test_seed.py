"""The page that the service was first made for, its original and another agency's story."""

from pathlib import Path

import pytest

from service.worker.kafka.topics import create_topics
from tests.read.page.blog import blog_page
from tests.worker.conftest import Deploy
from tests.worker.feeding import Fed, feed, html_page, json_page
from tests.worker.running_worker import running_worker
from tests.worker.topics_reader import Seen, read_outcomes

pytestmark = pytest.mark.stream

NAMES = ("original", "other_agency", "spun")
FORMS = ("given", "html")


def address(name: str, form: str) -> str:
    return f"https://{form}-{name.replace('_', '-')}.example/news/1"


def seed_page(shared_data: Path, name: str, form: str) -> Fed:
    text = (shared_data / "seed" / f"{name}.txt").read_text()
    if form == "given":
        return json_page(address(name, form), article={"text": text})
    return html_page(address(name, form), blog_page(text.split("\n\n")).encode())


async def test_the_spun_page_joins_its_original(deploy: Deploy, shared_data: Path) -> None:
    deployment = deploy(raw_partitions=1)
    await create_topics(deployment.settings)
    given, html = ([seed_page(shared_data, name, form) for name in NAMES] for form in FORMS)
    await feed(deployment, given)
    with running_worker(deployment) as worker:
        await read_outcomes(deployment, len(given))
        worker.stop()
    # The next worker knows the stories from what the first has left in `fold.state`.
    await feed(deployment, html)
    with running_worker(deployment):
        seen = await read_outcomes(deployment, len(given + html))
    events = {record.url: record for record in seen}
    for form in FORMS:
        original, other, spun = (events[address(name, form)] for name in NAMES)
        check_spun(spun)
        assert original.json["copydesk"]["wire"]["agency"] == "ap"
        assert original.json["copydesk"]["wire"]["evidence"]
        assert spun.key == original.key
        assert other.key != original.key
    assert len({record.key for record in seen}) == 2


def check_spun(spun: Seen) -> None:
    event = spun.json
    assert spun.header("ce_type") == "copydesk.article.copied"
    assert event["copydesk"]["story"]["relation"] == "spun"
    assert event["copydesk"]["story"]["evidence"]["rare_pairs"] >= 2
    assert event["copydesk"]["wire"]["agency"] == "ap"
    assert event["copydesk"]["wire"]["evidence"][0]["rule"] == "notice"
    assert event["copyrightHolder"] == "The Associated Press"
    assert event["copyrightNotice"].startswith("Copyright")
    body = event["bodies"][0]["value"]
    assert body.startswith("BEIRUT")
    assert body.endswith("Russia carried out the strikes.")
    for furniture in ("Uncategorized", "Source link", "Leave a Reply", "Copyright"):
        assert furniture not in body
    assert event["headlines"][0]["value"] not in body
