"""The applications of the desk and of the worker, without a broker."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from aiohttp import web

from service.desk.application import make_app
from service.desk.change_feed import ChangeFeed
from service.desk.ingest.reader import Reading
from service.desk.queries.facets import FacetCache
from service.desk.read_model import ReadModel
from service.desk.views.page import Desk
from service.settings import FixedSettings, Settings
from service.web.host_names import HostNames
from service.worker.dead_letters.halt import Halts
from service.worker.health.liveness import Liveness
from service.worker.health.pages import make_pages
from service.worker.health.progress import WorkerSnapshot
from service.worker.kafka.read_ahead import ReadAhead
from service.worker.observe.counts import Counts


@contextmanager
def desk_app(
    folder: Path, names: HostNames | None = None
) -> Iterator[tuple[web.Application, Desk]]:
    """The desk on an empty read model."""
    with ReadModel(folder / "desk.sqlite") as model:
        feed = ChangeFeed(0)
        reading = Reading("127.0.0.1:9", connected=True, caught_up=True)
        settings = FixedSettings(brokers="127.0.0.1:9")
        desk = Desk(settings, model, feed, reading, FacetCache(model, feed))
        yield make_app(desk, names or HostNames("127.0.0.1")), desk


class Worker:
    """What the worker's pages show."""

    def __init__(self, **settings: Any) -> None:
        self.settings: Settings = FixedSettings(**settings)
        snapshot = WorkerSnapshot(
            done=0, in_hand=0, has_room=True, settled=True, loaded=True, starting=False
        )
        self.liveness = Liveness(self.settings, lambda: snapshot, lambda: None)
        self.counts = Counts()
        self.halts = Halts(self.settings)
        self.ahead: ReadAhead | None = ReadAhead(360, 120)
        self.rebalancing_count = 0

    def is_ready(self) -> bool:
        return True


def worker_app(**settings: Any) -> web.Application:
    """The worker's pages, with these settings."""
    return make_pages(Worker(**settings))
