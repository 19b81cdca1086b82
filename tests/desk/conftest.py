"""Fixtures: a temporary read model, and a desk on it."""

import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from service.desk.application import make_app
from service.desk.change_feed import ChangeFeed
from service.desk.ingest.batch import ingest_batch
from service.desk.ingest.reader import Reading
from service.desk.ingest.record import Arrived
from service.desk.queries.facets import FacetCache
from service.desk.read_model import ReadModel
from service.desk.views.page import Desk
from service.settings import Settings
from service.web.host_names import HostNames

KEEP = 1000

Ingest = Callable[..., Awaitable[None]]
Client = TestClient[web.Request, web.Application]


@pytest.fixture
def model(tmp_path: Path) -> Iterator[ReadModel]:
    """An empty read model."""
    with ReadModel(tmp_path / "desk" / "desk.sqlite") as made:
        yield made


@pytest.fixture
def db(model: ReadModel) -> Iterator[sqlite3.Connection]:
    """A connection to the read model with which a test may write."""
    connection = sqlite3.connect(model.path, isolation_level=None)
    connection.row_factory = sqlite3.Row
    yield connection
    connection.close()


@pytest.fixture
def desk(model: ReadModel) -> Desk:
    """The parts of a desk without a broker."""
    change_feed = ChangeFeed(0)
    settings = Settings(brokers="127.0.0.1:9")
    reading = Reading(settings.brokers, connected=True, caught_up=True)
    return Desk(settings, model, change_feed, reading, FacetCache(model, change_feed))


@pytest.fixture
async def ingest(desk: Desk) -> Ingest:
    """Writes records as the reader of the topics does, and publishes the change."""

    async def write(*records: Arrived) -> None:
        desk.change_feed.publish(await desk.model.write(ingest_batch, records, KEEP))

    return write


@pytest.fixture
async def client(desk: Desk) -> AsyncIterator[Client]:
    """A client of the desk's pages."""
    async with TestClient(TestServer(make_app(desk, HostNames("127.0.0.1")))) as made:
        yield made
