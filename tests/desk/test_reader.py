"""Reading from a real broker: all of it once, from where it stopped, and with patience."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from service.desk.arrived import Arrived
from service.desk.enter import positions
from service.desk.serve import CannotServe, Place, RunningDesk, running_desk
from service.events.record import Record
from service.local.broker import EmbeddedBroker
from service.settings import Settings
from service.stream.producers import make_producer, send_all
from service.stream.topic_specs import create_topics
from tests.desk.told import article, failure, rejection, state
from tests.stream.conftest import deploy, deployment
from tests.stream.deployment import Deployment

__all__ = ["deploy", "deployment"]

PATIENCE = 60.0


@asynccontextmanager
async def reading(settings: Settings, folder: Path) -> AsyncIterator[RunningDesk]:
    place = Place("127.0.0.1", 0, folder / "desk" / "desk.sqlite", names=(), keep=1000)
    async with running_desk(settings, place) as desk:
        yield desk


async def write(settings: Settings, *told: Arrived) -> None:
    producer = make_producer(settings)
    await producer.start()
    try:
        records = [Record(each.topic, each.key or b"k", each.value, each.headers) for each in told]
        await send_all(producer, records, settings)
    finally:
        await producer.stop()


async def eventually(desk: RunningDesk, true: Callable[[], bool]) -> None:
    """Look until it is true: what is looked at tells nobody of a change."""
    async with asyncio.timeout(PATIENCE):
        while True:
            if true():
                return
            assert not desk.reading.done()
            await asyncio.sleep(0.05)


async def until_articles(desk: RunningDesk, count: int, of: str = "") -> None:
    """Wait for so many articles, of addresses that begin with `of`, and no others."""
    bell = desk.desk.bell
    async with asyncio.timeout(PATIENCE):
        while True:
            number, urls = bell.number, await desk.desk.model.read(_urls)
            if len(urls) >= count and all(each.startswith(of) for each in urls):
                return
            await bell.wait(number)


def url(number: int) -> str:
    return f"https://a.example/{number}"


@pytest.mark.stream
async def test_every_record_is_entered_once_over_restarts(
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
        counts = await desk.desk.facets.counts()
        assert (counts.articles, counts.rejected, counts.failed) == (60, 1, 1)
        found = await desk.desk.model.read(positions)
        assert sum(at for (topic, _), at in found.items() if topic == "articles") == 70


@pytest.mark.stream
async def test_a_read_model_that_was_deleted_is_read_anew(
    deployment: Deployment, tmp_path: Path
) -> None:
    await write(deployment.settings, article(url(1)), state(url=url(1)))
    for _ in range(2):
        async with reading(deployment.settings, tmp_path) as desk:
            await until_articles(desk, 1)
        for path in (tmp_path / "desk").iterdir():
            path.unlink()


@pytest.mark.stream
async def test_topics_may_come_later(deploy: Callable[..., Deployment], tmp_path: Path) -> None:
    settings = deploy().settings
    async with reading(settings, tmp_path) as desk:
        await eventually(desk, lambda: bool(desk.desk.reading.missing))
        assert f"{settings.topic_prefix}articles" in desk.desk.reading.missing
        async with aiohttp.ClientSession() as session, session.get(desk.address) as answer:
            assert "copydesk topics --create" in await answer.text()
        await create_topics(settings)
        await write(settings, article(url(1)))
        await until_articles(desk, 1)


async def test_a_broker_may_come_later(tmp_path: Path) -> None:
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
async def test_rows_of_another_deployment_are_forgotten(
    deploy: Callable[..., Deployment], tmp_path: Path
) -> None:
    for number in range(2):
        settings = deploy().settings
        await create_topics(settings)
        await write(settings, article(url(number)))
        async with reading(settings, tmp_path) as desk:
            await until_articles(desk, 1, of=url(number))


async def test_an_address_in_use_is_said_so(tmp_path: Path) -> None:
    settings = Settings(brokers="127.0.0.1:9")
    async with reading(settings, tmp_path) as desk:
        port = int(desk.address.rstrip("/").rpartition(":")[2])
        place = Place("127.0.0.1", port, tmp_path / "other" / "desk.sqlite", names=(), keep=1000)
        with pytest.raises(CannotServe, match=str(port)):
            async with running_desk(settings, place):
                pass


def _urls(db: sqlite3.Connection) -> list[str]:
    return [row["url"] for row in db.execute("SELECT url FROM articles")]
