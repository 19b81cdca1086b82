"""How fast the desk answers with many articles: `python -m tests.bench.bench_desk`.

Fills a read model with made articles, as the reader of the topics does, and asks a desk on the
loopback for each page and for typical searches. Times are of the whole answer, as its client sees
it: the first, and the median and the slowest of several more; nothing is written meanwhile. The
processor time is that of desk and client, and hardly depends on what else the machine does.
"""

import argparse
import asyncio
import itertools
import sqlite3
import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote_plus

from aiohttp.test_utils import TestClient, TestServer

from service.desk.application import make_app
from service.desk.change_feed import ChangeFeed
from service.desk.ingest.batch import change_number, ingest_batch
from service.desk.ingest.reader import Reading
from service.desk.queries.facets import FacetCache
from service.desk.read_model import ReadModel
from service.desk.views.addresses import article_path, story_path
from service.desk.views.page import Desk
from service.settings import Settings
from service.web.host_names import HostNames
from tests.bench.figures import Table, record
from tests.bench.made_desk import MadeDesk

BATCH = 500
FILLED = "filled"
"""Name under which the file keeps the milliseconds an article that filling took."""
TIMES = 9

LISTS = (
    *("/", "/?page=50", "/?sort=copied", "/rejected", "/failed", "/hosts", "/overview"),
    *("/agencies?days=1", "/agencies?days=7", "/agencies?days=30", "/agencies/none?days=30"),
)
SEARCHES = (
    "{common}",
    "{rare}",
    "{common} {second}",
    '"{common} {second}"',
    "host:{host}",
    "original:{host} relation:spun",
    "agency:{agency}",
    "relation:verbatim",
    "relation:verbatim lang:en",
    "lang:en",
    "relation:spun lang:de",
    "flag:truncated",
    "by:author",
    "since:{day}",
    "since:{day} agency:{agency} relation:verbatim",
    "host:{host} relation:rewritten lang:en",
    "relation:copy status:active",
    "since:{day} relation:copy agency:{agency}",
)


def fill(path: Path, articles: int) -> None:
    """Write so many articles with their stories, and how long that took."""
    begun = time.process_time()
    with ReadModel(path):
        pass
    db = sqlite3.connect(path, isolation_level=None)
    db.row_factory = sqlite3.Row
    records = MadeDesk(articles).records()
    while batch := list(itertools.islice(records, BATCH)):
        db.execute("BEGIN IMMEDIATE")
        ingest_batch(db, batch, 2 * articles)
        db.execute("COMMIT")
    seconds = time.process_time() - begun
    db.execute("INSERT INTO meta VALUES (?, ?)", (FILLED, 1000 * seconds / articles))
    db.close()


def paths(db: sqlite3.Connection) -> Iterator[str]:
    """The pages and searches that are asked for."""
    largest = db.execute("SELECT id, original_uri FROM stories ORDER BY copies DESC").fetchone()
    (agency,) = db.execute(
        "SELECT agency FROM stories WHERE agency <> '' GROUP BY 1 ORDER BY count(*) DESC"
    ).fetchone()
    (host,) = db.execute("SELECT host FROM articles GROUP BY 1 ORDER BY count(*) DESC").fetchone()
    (day,) = db.execute("SELECT substr(max(seen), 1, 10) FROM articles").fetchone()
    made = {"agency": agency, "host": host, "day": day}
    made |= {"common": "neba", "second": "saba", "rare": "pollemdor"}
    yield from LISTS
    yield f"/agencies/{agency}?days=30"
    yield f"/hosts/{host}"
    yield f"/hosts/{host}?days=30"
    yield story_path(largest["id"])
    yield article_path(largest["original_uri"])
    for search in SEARCHES:
        yield f"/?q={quote_plus(search.format(**made))}"
    for name in ("stories", "articles"):
        yield f"/{name}.json?q={quote_plus('relation:verbatim lang:en'.format(**made))}"


async def ask(path: Path, wanted: list[str], table: Table) -> None:
    """Ask a desk for each path."""
    with ReadModel(path) as model:
        feed = ChangeFeed(await model.read(change_number))
        settings = Settings(brokers="127.0.0.1:9")
        reading = Reading(settings.brokers, connected=True, caught_up=True)
        desk = Desk(settings, model, feed, reading, FacetCache(model, feed))
        app = make_app(desk, HostNames("127.0.0.1"))
        await desk.facets.warm()  # as a desk does when it starts
        async with TestClient(TestServer(app)) as client:
            for each in wanted:
                times, used = [], []
                for _ in range(1 + TIMES):
                    begun, ticks = time.perf_counter(), time.process_time()
                    answer = await client.get(each)
                    size = len(await answer.read())
                    times.append(1000 * (time.perf_counter() - begun))
                    used.append(1000 * (time.process_time() - ticks))
                    if answer.status != 200:
                        raise RuntimeError(f"{each}: status {answer.status}")
                first, *rest = times
                table.add(
                    f"`{each}`",
                    f"{first:.0f}",
                    f"{statistics.median(rest):.0f}",
                    f"{max(rest):.0f}",
                    f"{statistics.median(used[1:]):.0f}",
                    f"{size / 1000:.0f}",
                )


def main() -> None:
    """Fill, ask, print, and keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=200_000)
    parser.add_argument("--data", type=Path, help="keep the read model here, or use the one there")
    given = parser.parse_args()
    table = Table(["path", "first, ms", "median, ms", "slowest, ms", "processor, ms", "kB"])
    with TemporaryDirectory() as folder:
        data = given.data or Path(folder) / "desk.sqlite"
        if not data.exists():
            fill(data, given.articles)
        db = sqlite3.connect(data)
        db.row_factory = sqlite3.Row
        counts = [
            db.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
            for name in ("articles", "stories", "rejected", "failed")
        ]
        filled = db.execute("SELECT value FROM meta WHERE name = ?", (FILLED,)).fetchone()[0]
        wanted = list(paths(db))
        db.close()
        asyncio.run(ask(data, wanted, table))
        size = data.stat().st_size
    record(
        "desk",
        "How fast the desk answers",
        "{:,} made articles in {:,} stories, {:,} rejected and {:,} failed pages; ".format(*counts)
        + f"the file has {size / 1e6:,.0f} MB, {size / counts[0] / 1e3:.1f} kB an article."
        f" Filling took {filled:.1f} ms of processor time an article, with what makes them. Times"
        f" are of whole answers on the loopback: the first, and {TIMES} more; nothing is written"
        " meanwhile. Where the processor time is far below the times, the machine was busy with"
        " other things. A slow count (the filters of `/`, `/hosts`, `/agencies`) is made anew in"
        " the background when its state has changed, and at the start, which is not timed.",
        [table],
    )


if __name__ == "__main__":
    main()
