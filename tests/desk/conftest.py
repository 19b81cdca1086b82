"""A read model of the test's own, and a desk on it."""

import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from service.desk.application import make_app
from service.desk.arrived import Arrived
from service.desk.bell import Bell
from service.desk.enter import enter_batch
from service.desk.facet_cache import FacetCache
from service.desk.guard import LOOPBACK
from service.desk.read_model import ReadModel
from service.desk.reading import Reading
from service.desk.views.page import Desk
from service.settings import Settings

KEEP = 1000

Enter = Callable[..., Awaitable[None]]
Client = TestClient[web.Request, web.Application]


@pytest.fixture
def model(tmp_path: Path) -> Iterator[ReadModel]:
    """An empty read model."""
    with ReadModel(tmp_path / "desk" / "desk.sqlite") as made:
        yield made


@pytest.fixture
def db(model: ReadModel) -> Iterator[sqlite3.Connection]:
    """A plain connection to it, with which a test may write."""
    connection = sqlite3.connect(model.path, isolation_level=None)
    connection.row_factory = sqlite3.Row
    yield connection
    connection.close()


@pytest.fixture
def desk(model: ReadModel) -> Desk:
    """The parts of a desk that reads from nowhere."""
    bell = Bell(0)
    settings = Settings(brokers="127.0.0.1:9")
    reading = Reading(settings.brokers, connected=True, caught_up=True)
    return Desk(settings, model, bell, reading, FacetCache(model, bell))


@pytest.fixture
async def enter(desk: Desk) -> Enter:
    """Writes records as the reader of the topics does, and rings."""

    async def write(*records: Arrived) -> None:
        desk.bell.ring(await desk.model.write(enter_batch, records, KEEP))

    return write


@pytest.fixture
async def client(desk: Desk) -> AsyncIterator[Client]:
    """A client of the desk's pages."""
    async with TestClient(TestServer(make_app(desk, LOOPBACK))) as made:
        yield made
