"""`copydesk reshard` on Apache Kafka: articles keep their stories in their new shards."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from aiokafka.errors import KafkaError

from deploy.kafka.node import KafkaNode
from service.contract.record import Topic
from service.worker.kafka.producers import send_all
from service.worker.kafka.topics import create_topics, shard_partitions
from service.worker.reshard import move
from service.worker.reshard.move import CannotReshard, reshard
from tests.brokers.plugin import Broker
from tests.worker.deployment import Deployment
from tests.worker.feeding import CRAWLED_AT, Fed, feed, json_page
from tests.worker.running_worker import running_worker
from tests.worker.topics_reader import Seen, read_all, read_until

pytestmark = pytest.mark.kafka

LANGUAGES = {
    "en": "In chapter {0}, line {1} of edition {2}, harbour {3} counted {4} ships before noon.",
    "de": "Im Kapitel {0}, Zeile {1} der Ausgabe {2}, zählte der Hafen {3} vor Mittag {4} Schiffe.",
    "fr": "Au chapitre {0}, ligne {1} de la copie {2}, le port {3} compta {4} navires avant midi.",
    "es": "En el capítulo {0}, línea {1} del texto {2}, el puerto {3} contó {4} barcos de noche.",
}
STORIES = 3
SITES = ("a", "b")


def page(language: str, story: int, site: str, version: int) -> Fed:
    """A version of a story's article on a site: the text of the one before and a line more."""
    form = LANGUAGES[language]
    words = " ".join(
        form.format(story, line, line % 3, story * 97 + line, line * 31 + story)
        for line in range(14 + version)
    )
    minute = f"{version:02}:{10 * story + SITES.index(site):02}"
    made = json_page(
        f"https://{site}.example/{language}/{story}",
        fetched_at=f"2026-03-10T{minute}:00Z",
        article={"title": f"{language} {story}", "text": words, "language": language},
    )
    return Fed(made.key, made.value, timestamp=CRAWLED_AT + 1000 * version)


def crawl(version: int) -> list[Fed]:
    return [
        page(language, story, site, version)
        for story in range(STORIES)
        for site in SITES
        for language in LANGUAGES
    ]


def stories_of(seen: list[Seen], version: int) -> dict[str | None, str]:
    """The story of each article's version, by its url."""
    return {
        each.url: each.json["copydesk"]["story"]["id"]
        for each in seen
        if each.json["version"] == str(version)
    }


def with_shards(deployment: Deployment, shards: int) -> Deployment:
    more = {**deployment.more, "shards": str(shards)}
    return Deployment(deployment.broker, deployment.folder, more, deployment.name)


@pytest.fixture
async def deployment(apache_kafka: KafkaNode, tmp_path: Path) -> Deployment:
    broker = Broker(apache_kafka.bootstrap, transactions=True)
    made = Deployment(broker, tmp_path, {"raw_partitions": "1", "shards": "1"})
    await create_topics(made.settings)
    return made


async def run_over(deployment: Deployment, pages: list[Fed], outcomes: int) -> list[Seen]:
    """Feed pages to a worker, stop it when there are so many outcomes, and return its events."""
    await feed(deployment, pages)
    with running_worker(deployment) as worker:
        await read_until(deployment, lambda seen: len(seen) >= outcomes)
        worker.stop()
    assert not await read_all(deployment, (Topic.FAILED,))
    return await read_all(deployment, (Topic.ARTICLES,))


def command(deployment: Deployment, file: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "service.cli", "reshard", str(file)],
        env={**os.environ, **deployment.environment()},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


async def test_stories_go_on_in_more_shards_and_in_fewer(
    deployment: Deployment, tmp_path: Path
) -> None:
    first, second, third = crawl(1), crawl(2), crawl(3)
    before = stories_of(await run_over(deployment, first, len(first)), 1)
    assert len(before) == len(first)
    assert len(set(before.values())) >= 8

    three = with_shards(deployment, 3)
    done = command(three, tmp_path / "state")
    assert done.returncode == 0, done.stderr
    assert f"{len(first)} articles in" in done.stdout
    assert set((await shard_partitions(three.settings)).values()) == {3}
    events = await run_over(three, second, len(first) + len(second))
    assert len(events) == len(first) + len(second), "nothing is published twice"
    assert stories_of(events, 2) == before

    two = with_shards(deployment, 2)
    done = command(two, tmp_path / "state-2")
    assert done.returncode == 0, done.stderr
    events = await run_over(two, third, len(first) * 3)
    assert stories_of(events, 3) == before


async def test_a_move_that_was_interrupted_goes_on(
    deployment: Deployment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = crawl(1), crawl(2)
    before = stories_of(await run_over(deployment, first, len(first)), 1)
    three, file = with_shards(deployment, 3), tmp_path / "state"

    async def deleted_only(*_: object) -> list[str]:
        raise KafkaError("interrupted")

    async def refused(*_: object) -> list[object]:
        raise KafkaError("interrupted")

    for name, breaks in (("create_topics", deleted_only), ("send_all", refused)):
        monkeypatch.setattr(move, name, breaks)
        with pytest.raises(KafkaError, match="interrupted"):
            await reshard(file, three.settings)
        monkeypatch.setattr(move, name, {"send_all": send_all}.get(name, create_topics))
    other = with_shards(deployment, 4).settings
    with pytest.raises(CannotReshard, match="the file is for 3 shards"):
        await reshard(file, other)
    assert (await reshard(file, three.settings)).articles == len(first)
    with pytest.raises(CannotReshard, match="moved in full already"):
        await reshard(file, three.settings)
    events = await run_over(three, second, len(first) + len(second))
    assert stories_of(events, 2) == before


async def test_what_cannot_be_moved_is_refused_and_left_as_it_is(
    deployment: Deployment, tmp_path: Path
) -> None:
    pages = crawl(1)
    three, file = with_shards(deployment, 3), tmp_path / "state"
    await feed(deployment, pages)
    with running_worker(deployment) as worker:
        await read_until(deployment, lambda seen: len(seen) >= len(pages))
        done = command(three, file)
        assert done.returncode == 1
        assert "stop every worker first" in done.stderr
        worker.stop()
    done = command(deployment, file)
    assert done.returncode == 1
    assert "there are 1 shards already" in done.stderr
    read_only = Deployment(
        deployment.broker, tmp_path, {**deployment.more, "stages": "read"}, deployment.name
    )
    await feed(deployment, crawl(2))
    extracted, _ = await shard_partitions(deployment.settings)
    with running_worker(read_only) as worker:
        worker.wait_for_line("")
        await _until_read(deployment, 2 * len(pages))
        worker.stop()
    done = command(three, file)
    assert done.returncode == 1
    assert f"{extracted} has {len(pages)} records that" in done.stderr
    assert set((await shard_partitions(deployment.settings)).values()) == {1}


async def _until_read(deployment: Deployment, count: int) -> None:
    await read_until(deployment, lambda seen: len(seen) >= count, (Topic.EXTRACTED,))
