"""Reading from a broker: every record once, from the stored position, and with retries."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from service.contract.record import Record
from service.desk.ingest.batch import positions
from service.desk.ingest.record import Arrived
from service.desk.queries.facets import Counts
from service.desk.serve import CannotServe, DeskOptions, RunningDesk, running_desk
from service.local.broker import EmbeddedBroker
from service.settings import Settings
from service.worker.kafka.producers import make_producer, send_all
from service.worker.kafka.topics import create_topics
from tests.desk.records import article, failure, rejection, state
from tests.worker.conftest import deploy, deployment
from tests.worker.deployment import Deployment

__all__ = ["deploy", "deployment"]

PATIENCE = 60.0


@asynccontextmanager
async def reading(settings: Settings, folder: Path) -> AsyncIterator[RunningDesk]:
    options = DeskOptions("127.0.0.1", 0, folder / "desk" / "desk.sqlite", names=(), keep=1000)
    async with running_desk(settings, options) as desk:
        yield desk


async def write(settings: Settings, *records_to_write: Arrived) -> None:
    producer = make_producer(settings)
    await producer.start()
    try:
        records = [
            Record(each.topic, each.key or b"k", each.value, each.headers)
            for each in records_to_write
        ]
        await send_all(producer, records, settings)
    finally:
        await producer.stop()


async def eventually(desk: RunningDesk, true: Callable[[], bool]) -> None:
    """Poll until it is true."""
    async with asyncio.timeout(PATIENCE):
        while True:
            if true():
                return
            assert not desk.reading.done()
            await asyncio.sleep(0.05)


async def until_articles(desk: RunningDesk, count: int, of: str = "") -> None:
    """Wait until the articles are this many, all with URLs that begin with `of`."""
    change_feed = desk.desk.change_feed
    async with asyncio.timeout(PATIENCE):
        while True:
            number, urls = change_feed.number, await desk.desk.model.read(_urls)
            if len(urls) >= count and all(each.startswith(of) for each in urls):
                return
            await change_feed.wait(number)


def url(number: int) -> str:
    return f"https://a.example/{number}"


@pytest.mark.stream
async def test_every_record_is_ingested_once_over_restarts(
    deployment: Deployment, tmp_path: Path
) -> None:
    settings = deployment.settings
    first = [article(url(number), f"s{number}") for number in range(40)]
    await write(settings, *first, state("s0", url=url(0)), rejection(url(1)), failure(url(2)))
    async with reading(settings, tmp_path) as desk:
        await until_articles(desk, 40)
    second = [article(url(number), f"s{number}") for number in range(30, 60)]
    await write(settings, *second)
    async with reading(settings, tmp_path) as desk:
        await until_articles(desk, 60)
        async with asyncio.timeout(PATIENCE):  # counts that took long may be of a moment ago
            while True:
                if await desk.desk.facets.counts() == Counts(60, 60, 1, 1):
                    break
                await asyncio.sleep(0.05)
        found = await desk.desk.model.read(positions)
        assert sum(at for (topic, _), at in found.items() if topic == "articles") == 70


@pytest.mark.stream
async def test_a_deleted_read_model_is_rebuilt(deployment: Deployment, tmp_path: Path) -> None:
    await write(deployment.settings, article(url(1)), state(url=url(1)))
    for _ in range(2):
        async with reading(deployment.settings, tmp_path) as desk:
            await until_articles(desk, 1)
        for path in (tmp_path / "desk").iterdir():
            path.unlink()


@pytest.mark.stream
async def test_topics_may_be_created_later(
    deploy: Callable[..., Deployment], tmp_path: Path
) -> None:
    settings = deploy().settings
    async with reading(settings, tmp_path) as desk:
        await eventually(desk, lambda: bool(desk.desk.reading.missing))
        assert f"{settings.topic_prefix}articles" in desk.desk.reading.missing
        async with aiohttp.ClientSession() as session, session.get(desk.address) as answer:
            assert "copydesk topics --create" in await answer.text()
        await create_topics(settings)
        await write(settings, article(url(1)))
        await until_articles(desk, 1)


async def test_the_broker_may_be_started_later(tmp_path: Path) -> None:
    broker = EmbeddedBroker()
    settings = Settings(brokers=broker.bootstrap)
    async with reading(settings, tmp_path) as desk:
        await eventually(desk, lambda: desk.desk.reading.problem is not None)
        async with aiohttp.ClientSession() as session, session.get(desk.address) as answer:
            assert answer.status == 200
            assert "cannot be reached" in await answer.text()
        with broker:
            await create_topics(settings)
            await write(settings, article(url(1)))
            await until_articles(desk, 1)
            assert desk.desk.reading.problem is None


@pytest.mark.stream
async def test_rows_of_another_deployment_are_deleted(
    deploy: Callable[..., Deployment], tmp_path: Path
) -> None:
    for number in range(2):
        settings = deploy().settings
        await create_topics(settings)
        await write(settings, article(url(number)))
        async with reading(settings, tmp_path) as desk:
            await until_articles(desk, 1, of=url(number))


async def test_an_address_in_use_is_an_error(tmp_path: Path) -> None:
    settings = Settings(brokers="127.0.0.1:9")
    async with reading(settings, tmp_path) as desk:
        port = int(desk.address.rstrip("/").rpartition(":")[2])
        options = DeskOptions(
            "127.0.0.1", port, tmp_path / "other" / "desk.sqlite", names=(), keep=1000
        )
        with pytest.raises(CannotServe, match=str(port)):
            async with running_desk(settings, options):
                pass


def _urls(db: sqlite3.Connection) -> list[str]:
    return [row["url"] for row in db.execute("SELECT url FROM articles")]
