"""Pages for the benchmark of a worker, and READ of them without Kafka."""

import multiprocessing
import time
from collections.abc import Sequence

from service.contract.record import InputMessage
from service.read.stage import read
from tests.bench.crawl import Fetch
from tests.bench.read_peers import SOURCE
from tests.worker.feeding import Fed


def fed(fetch: Fetch) -> Fed:
    """A fetch in the native binary form."""
    headers = (
        ("url", fetch.url.encode()),
        ("content-type", fetch.content_type.encode()),
        ("status", str(fetch.status).encode()),
        ("fetched-at", fetch.fetched_at.isoformat().encode()),
    )
    return Fed(fetch.url.encode(), fetch.body, headers)


def nothing_to_read(count: int) -> list[Fed]:
    """Pages that READ turns away at the first look: what remains is the way through the worker."""
    body = b"<html><body>gone</body></html>"
    return [
        Fed(url, body, (("url", url), ("content-type", b"text/html"), ("status", b"404")))
        for url in (f"https://site{n % 500}.example/{n}".encode() for n in range(count))
    ]


def bare_read(pages: Sequence[Fed], processes: int) -> tuple[float, float]:
    """READ in processes of its own, without Kafka.

    Returns:
        Pages a second, and processor seconds a page.
    """
    shares = [list(pages[start::processes]) for start in range(processes)]
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        pool.map(_read_all, [share[:20] for share in shares], chunksize=1)
        start = time.perf_counter()
        seconds = sum(pool.map(_read_all, shares, chunksize=1))
        return len(pages) / (time.perf_counter() - start), seconds / len(pages)


def _read_all(pages: Sequence[Fed]) -> float:
    began = time.process_time()
    for page in pages:
        headers = tuple((name, value or b"") for name, value in page.headers)
        read(InputMessage(page.key, page.value, headers, page.timestamp, SOURCE))
    return time.process_time() - began
