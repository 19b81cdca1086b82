"""A desk that runs: the read model, the reader of the topics, and the web server around them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from service.desk.application import make_app
from service.desk.bell import Bell
from service.desk.enter import change_number
from service.desk.facet_cache import FacetCache
from service.desk.guard import LOOPBACK
from service.desk.read_model import ReadModel
from service.desk.reader import TopicReader
from service.desk.views.page import Desk
from service.settings import Settings

_SHUTDOWN_SECONDS = 1.0


class CannotServe(RuntimeError):
    """The address cannot be listened on; says which and why."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a desk is to be.

    Attributes:
        host, port: to listen on; port 0 is any that is free.
        data: the read model's file.
        names: names of the machine that requests may be made to, beside the loopback's.
        keep: articles kept, at most.
    """

    host: str
    port: int
    data: Path
    names: tuple[str, ...]
    keep: int


def place_of(settings: Settings) -> Place:
    """Where the settings put the desk."""
    return Place(
        host=settings.desk_host,
        port=settings.desk_port,
        data=settings.desk_data,
        names=settings.desk_names,
        keep=settings.desk_articles,
    )


@dataclass(frozen=True, slots=True)
class RunningDesk:
    """Its address, and the task that reads: done only where it failed."""

    address: str
    desk: Desk
    reading: "asyncio.Task[None]"


@asynccontextmanager
async def running_desk(settings: Settings, place: Place) -> AsyncIterator[RunningDesk]:
    """Read and serve until the block ends.

    Raises:
        UnusableModel: the file cannot be the read model.
        CannotServe: the address cannot be listened on.
    """
    with ReadModel(place.data) as model:
        bell = Bell(await model.read(change_number))
        reader = TopicReader(model, settings, bell, place.keep)
        desk = Desk(settings, model, bell, reader.reading, FacetCache(model, bell))
        runner = web.AppRunner(
            make_app(desk, allowed_names(place)),
            access_log=None,
            handle_signals=False,
            shutdown_timeout=_SHUTDOWN_SECONDS,
        )
        await runner.setup()
        site = web.TCPSite(runner, place.host, place.port)
        try:
            await site.start()
        except OSError as error:
            await runner.cleanup()
            raise CannotServe(f"{place.host}:{place.port}: {error.strerror or error}") from error
        reading = asyncio.create_task(reader.run())
        try:
            yield RunningDesk(_address(runner, place.host), desk, reading)
        finally:
            reading.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await reading
            await runner.cleanup()


def allowed_names(place: Place) -> frozenset[str]:
    """The names that requests may be made to: the loopback's and those given. Empty, for any,
    where the desk listens to other machines and no name was given."""
    if place.host not in LOOPBACK and not place.names:
        return frozenset()
    return LOOPBACK | {name.lower() for name in place.names}


def _address(runner: web.AppRunner, host: str) -> str:
    port = runner.addresses[0][1]
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}/"
