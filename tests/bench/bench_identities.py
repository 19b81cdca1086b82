"""What it takes to remember articles beyond the window: `python -m tests.bench.bench_identities`.

Identities with random keys in a row store on disk. CPU microseconds of the process.
"""

import argparse
import random
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from service.contract.fold_state import IdentityRecord
from service.contract.identity import article_uri, story_uri
from service.fold.state.identities import Identities, Remembering, key_of
from service.worker.checkpoint.checkpoint import open_row_store
from tests.bench.figures import Table, record

LOOK_UPS = 20_000
NOW = 1_790_000_000.0
DAY = 86_400.0
COMMIT = 10_000


def identity(number: int) -> IdentityRecord:
    """The identity of a made article."""
    return IdentityRecord(
        key=key_of(uri(number)).hex(),
        story_id=story_uri(uri(number), "text", ""),
        version=1,
        content=f"{number:012x}",
        first=int(NOW),
        last=int(NOW),
    )


def uri(number: int) -> str:
    """The uri of a made article."""
    return article_uri(f"https://www.example.com/{number}")


def cost(step: Callable[[int], object], numbers: list[int]) -> str:
    """Microseconds of CPU that a step takes, on average."""
    begun = time.process_time()
    for number in numbers:
        step(number)
    return f"{(time.process_time() - begun) / len(numbers) * 1e6:.0f} µs"


def measure(count: int, table: Table) -> None:
    """Remember so many articles, and look up those and others."""
    lot = random.Random(1)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "shard.sqlite"
        store = open_row_store(path)
        empty = path.stat().st_size
        kept = Identities(store.identities, Remembering(60 * DAY, 2 * count))
        begun = time.process_time()
        for number in range(count):
            kept.keep(identity(number), NOW)
            if number % COMMIT == 0:
                store.commit({})
        put = f"{(time.process_time() - begun) / count * 1e6:.0f} µs"
        store.commit({})
        known = cost(lambda n: kept.find(uri(n), NOW), lot.choices(range(count), k=LOOK_UPS))
        new = cost(lambda n: kept.find(uri(n), NOW), list(range(count, count + LOOK_UPS)))
        swept = cost(lambda n: kept.sweep(n, NOW), list(range(LOOK_UPS)))
        begun = time.process_time()
        store.identities.verify()
        verified = f"{(time.process_time() - begun) * 1e3:.0f} ms"
        store.close()
        size = (path.stat().st_size - empty) / count
    table.add(f"{count:,}", f"{size:.1f}", known, new, put, swept, verified)


def main() -> None:
    """Measure, print, and keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    table = Table(
        [
            "articles",
            "bytes an article on disk",
            "look-up, remembered",
            "look-up, new",
            "made and kept",
            "sweep, an article placed",
            "check at start",
        ]
    )
    for size in parser.parse_args().sizes:
        measure(size, table)
    record(
        "identities",
        "What it takes to remember articles beyond the window",
        "Identities of made articles in a row store on disk, its cache of 16 MiB included in the"
        " times. A look-up makes the uri, too.",
        [table],
    )


if __name__ == "__main__":
    main()
