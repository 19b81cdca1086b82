"""`copydesk withdraw`, `reinstate`, `same`, `apart` and `original`."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from service.cli.main import main
from service.contract.control import CONTROL_ID
from service.contract.outcome import REFUSALS, FailureReason
from service.contract.record import Topic
from service.fold.stage import WITHDRAWN
from service.worker.kafka.topics import create_topics
from tests.brokers.plugin import Broker
from tests.cli.running import copydesk
from tests.fold.articles import text_of
from tests.worker.deployment import Deployment
from tests.worker.feeding import feed, json_page
from tests.worker.running_worker import running_worker
from tests.worker.topics_reader import Seen, read_all, read_outcomes

pytestmark = pytest.mark.stream

HEADLINE = "Ferry fire kills nine off the coast, officials say"
TEXT = "By JANE ROE, Associated Press\n\n" + text_of("ferry-ap")
AP, LEDGER, DAM, DIGUE = (
    "https://apnews.com/article/ferry-fire-1",
    "https://www.ledger.example/ferry-fire",
    "https://farm.example/dam",
    "https://village.example/digue",
)
FRENCH = "La commune répare la digue en mai, et les habitants en sont très contents. " * 12


@dataclass
class Running:
    """A deployment with a worker that has published three articles: two copies and another."""

    deployment: Deployment
    fed: int = 0

    async def fetch(self, *pages: tuple[str, str, str], language: str = "en") -> None:
        """Crawl pages (address, title, text), and wait for their outcomes."""
        made = []
        for url, title, text in pages:
            body = "".join(f"<p>{part}</p>" for part in text.split("\n\n"))
            html = (
                f"<html lang={language}><head><title>{title}</title></head>"
                f"<body><article><h1>{title}</h1>{body}</article></body></html>"
            )
            made.append(json_page(url, text=html))
        await feed(self.deployment, made)
        self.fed += len(pages)
        await read_outcomes(self.deployment, self.fed)

    async def run(self, *words: str) -> Result:
        """Run a command with a reason, in this process: a child process takes seconds to start."""
        settings = self.deployment.environment()
        whole = [*words, "--why", "The desk checked."]
        return await asyncio.to_thread(CliRunner().invoke, main, whole, env=settings)

    async def do(self, *words: str) -> str:
        done = await self.run(*words)
        assert done.exit_code == 0, done.output
        return done.stdout

    async def of(self, topic: Topic, url: str = "") -> list[Seen]:
        """The records of a topic; of `articles`, those of one page."""
        seen = await read_all(self.deployment, [topic])
        return [each for each in seen if not url or each.url == url]

    async def story_of(self, url: str) -> str:
        """The id of the story that a page was put in."""
        return str((await self.of(Topic.ARTICLES, url))[0].json["copydesk"]["story"]["id"])


async def test_the_operator_decides(broker: Broker, tmp_path: Path) -> None:
    """All in one test: a worker takes seconds to start."""
    running = Running(Deployment(broker, tmp_path, {"output_partitions": "1", "shards": "3"}))
    await create_topics(running.deployment.settings)
    with running_worker(running.deployment) as worker:
        dam = (DAM, "Dam repairs begin in May", text_of("dam"))
        await running.fetch((AP, HEADLINE, TEXT), (LEDGER, HEADLINE, TEXT), dam)
        story = await running.story_of(AP)
        await withdrawn_and_reinstated(running, story)
        await parted_and_joined(running, story)
        await refused(running, story)
        worker.stop()
    await decided_without_a_worker(running)


async def withdrawn_and_reinstated(running: Running, story: str) -> None:
    planned = await running.do("withdraw", story, "--dry-run")
    assert "2 articles would be taken down:" in planned
    assert "www.ledger.example" in planned
    assert "farm.example" not in planned
    assert "nothing was sent" in planned
    assert len(await running.of(Topic.ARTICLES)) == 3

    output = await running.do("withdraw", story)
    assert f"to undo it: copydesk reinstate {story}" in output
    events = await running.of(Topic.ARTICLES)
    taken_down = [each for each in events if each.header("ce_type") == WITHDRAWN]
    assert {each.url for each in taken_down} == {AP, LEDGER}
    for event in taken_down:
        assert event.json["pubStatus"] == "canceled"
        assert event.json["edNote"] == "The desk checked."
        assert event.json["copydesk"]["story"]["authority"] == "operator"
        assert event.header(CONTROL_ID) is not None
    await running.fetch((LEDGER, HEADLINE, TEXT + "\n\nThe search goes on."))
    assert (await running.of(Topic.ARTICLES, LEDGER))[-1].json["pubStatus"] == "canceled"

    await running.do("reinstate", story)
    await running.fetch((AP, HEADLINE, TEXT))
    assert (await running.of(Topic.ARTICLES, AP))[-1].json["pubStatus"] == "usable"
    decisions = (await running.of(Topic.STORIES))[-1].json["decisions"]
    assert [each["action"] for each in decisions] == ["withdraw", "reinstate"]


async def parted_and_joined(running: Running, story: str) -> None:
    await running.do("original", LEDGER)
    await running.do("apart", AP, LEDGER)
    await running.fetch((LEDGER, HEADLINE, TEXT + "\n\nThe search goes on, they say."))
    own = (await running.of(Topic.ARTICLES, LEDGER))[-1].json["copydesk"]["story"]["id"]
    assert own != story
    assert "merged" in await running.do("same", own, DAM)


async def refused(running: Running, story: str) -> None:
    await running.fetch((DIGUE, "La digue sera réparée", FRENCH), language="fr")
    for words, code, said in (
        (("withdraw", "https://nowhere.example/"), 2, "no event of such an article"),
        (("withdraw", "something"), 2, "not an address, the uri of an article or the id"),
        (("withdraw", "urn:copydesk:story:" + "0" * 32), 2, "no state of its story"),
        (("same", AP, DIGUE), 2, "in different shards"),
        (("reinstate", story), 1, f"refused: {story} is not withdrawn"),
        (("apart", AP, AP), 1, "refused: it is one article"),
    ):
        done = await running.run(*words)
        assert done.exit_code == code, done.output
        assert said in done.stderr
        assert "Traceback" not in done.stderr
    letters = await running.of(Topic.FAILED)
    assert {each.reason for each in letters} == {FailureReason.REFUSED} < REFUSALS


async def decided_without_a_worker(running: Running) -> None:
    done = await running.run("withdraw", AP, "--wait", "1")
    assert done.exit_code == 1
    assert "no outcome after 1 s" in done.stderr
    with running_worker(running.deployment) as worker:
        # The shard carries out both, in order, from the state that it restored.
        assert "done: reinstate" in await running.do("reinstate", AP)
        worker.stop()
    assert (await running.of(Topic.ARTICLES, AP))[-1].json["pubStatus"] == "canceled"


def test_a_reason_is_required() -> None:
    done = copydesk("withdraw", AP)
    assert done.returncode == 2
    assert "--why" in done.stderr
    done = copydesk("withdraw", AP, "--why", " ")
    assert done.returncode == 2
    assert "must have 1 to 1000 characters" in done.stderr
