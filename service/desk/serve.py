"""Runs a desk: the read model, the reader of the topics or of a file, and the web server."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from service.desk.application import make_app
from service.desk.change_feed import ChangeFeed
from service.desk.ingest.batch import change_number
from service.desk.ingest.events_file import EventsReader
from service.desk.ingest.reader import TopicReader
from service.desk.queries.facets import FacetCache
from service.desk.read_model import ReadModel
from service.desk.views.changes import STREAMS
from service.desk.views.page import Desk
from service.settings import Settings
from service.web.host_names import HostNames
from service.web.serving import ClientLimits, serving

LIMITS = ClientLimits(connections=STREAMS + 200)


class CannotServe(RuntimeError):
    """The address cannot be listened on; the message says which and why."""


@dataclass(frozen=True, slots=True)
class DeskOptions:
    """Where a desk listens and what it keeps.

    Attributes:
        host, port: address to listen on; port 0 is any free port.
        data: file of the read model.
        names: host names that requests may use, besides those of the loopback.
        keep: maximum number of articles.
        events: file that `copydesk fold` wrote, read in place of the topics; None for the topics.
    """

    host: str
    port: int
    data: Path
    names: tuple[str, ...]
    keep: int
    events: Path | None = None


def desk_options(settings: Settings) -> DeskOptions:
    """The `DeskOptions` that the settings describe."""
    return DeskOptions(
        host=settings.desk_host,
        port=settings.desk_port,
        data=settings.desk_data,
        names=settings.desk_names,
        keep=settings.desk_articles,
    )


@dataclass(frozen=True, slots=True)
class RunningDesk:
    """`address`: the desk's URL. `reading`: the task of the reader; it ends only if it fails."""

    address: str
    desk: Desk
    reading: "asyncio.Task[None]"


@asynccontextmanager
async def running_desk(settings: Settings, options: DeskOptions) -> AsyncIterator[RunningDesk]:
    """Read and serve until the block ends.

    Raises:
        UnusableModel: the file cannot be used as the read model.
        CannotServe: the address cannot be listened on.
    """
    with ReadModel(options.data) as model:
        change_feed = ChangeFeed(await model.read(change_number))
        reader: TopicReader | EventsReader
        if options.events is None:
            reader = TopicReader(model, settings, change_feed, options.keep)
        else:
            reader = EventsReader(model, options.events, change_feed, options.keep)
        desk = Desk(settings, model, change_feed, reader.reading, FacetCache(model, change_feed))
        app = make_app(desk, HostNames(options.host, options.names))
        async with AsyncExitStack() as stack:
            try:
                port = await stack.enter_async_context(
                    serving(app, options.host, options.port, LIMITS)
                )
            except OSError as error:
                raise CannotServe(
                    f"{options.host}:{options.port}: {error.strerror or error}"
                ) from error
            reading = asyncio.create_task(reader.run())
            warming = asyncio.create_task(desk.facets.warm())
            try:
                yield RunningDesk(_address(options.host, port), desk, reading)
            finally:
                for task in (reading, warming):
                    task.cancel()
                    with suppress(asyncio.CancelledError, Exception):
                        await task


def _address(host: str, port: int) -> str:
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}/"
