"""A deployment for each test, with its topics."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from service.worker.health import exit
from service.worker.kafka.topics import create_topics
from tests.brokers.plugin import Broker
from tests.worker.deployment import Deployment

Deploy = Callable[..., Deployment]


@pytest.fixture
def deploy(broker: Broker, tmp_path: Path) -> Deploy:
    """Makes a deployment with the settings given by name."""

    def make(**more: object) -> Deployment:
        return Deployment(broker, tmp_path, {key: str(value) for key, value in more.items()})

    return make


@pytest.fixture
async def deployment(deploy: Deploy) -> Deployment:
    """A deployment by the defaults, whose topics exist."""
    made = deploy()
    await create_topics(made.settings)
    return made


@pytest.fixture
async def deaths(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator["asyncio.Queue[object]"]:
    """The errors for which the worker would have ended itself."""
    errors: asyncio.Queue[object] = asyncio.Queue()
    monkeypatch.setattr(exit, "die", lambda what, error=None: errors.put_nowait(error))
    yield errors
    assert errors.empty()
