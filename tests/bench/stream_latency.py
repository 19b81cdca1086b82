"""How long a page takes to become an event, at a steady rate."""

import asyncio
import statistics
import time
from collections.abc import Sequence
from contextlib import aclosing

from service.contract.record import Record, Topic
from service.worker.kafka.output_topics import follow
from service.worker.kafka.producers import make_producer, send
from tests.worker.deployment import Deployment
from tests.worker.feeding import Fed
from tests.worker.topics_reader import OUTCOMES

PATIENCE = 300.0


def latency(deployment: Deployment, pages: Sequence[Fed], rate: float) -> tuple[float, float]:
    """Seconds from feeding a page to seeing its outcome, as a committed reader does: p50 and p99.

    Args:
        rate: pages a second to feed.
    """
    cuts = statistics.quantiles(asyncio.run(_latencies(deployment, pages, rate)), n=100)
    return cuts[49], cuts[98]


async def _latencies(deployment: Deployment, pages: Sequence[Fed], rate: float) -> list[float]:
    began: dict[bytes, float] = {}
    took: list[float] = []

    async def watch() -> None:
        async with aclosing(follow(OUTCOMES, deployment.settings, from_beginning=True)) as outcomes:
            async for outcome in outcomes:
                trace = dict(outcome.headers).get("traceparent", b"")
                if trace in began:
                    took.append(time.perf_counter() - began.pop(trace))
                if len(took) == len(pages):
                    return

    watcher = asyncio.create_task(watch())
    producer = make_producer(deployment.settings)
    await producer.start()
    try:
        start = time.perf_counter()
        for number, page in enumerate(pages):
            await asyncio.sleep(max(0.0, start + number / rate - time.perf_counter()))
            trace = f"00-{number + 1:032x}-{1:016x}-01".encode()
            headers = tuple((name, value or b"") for name, value in page.headers)
            began[trace] = time.perf_counter()
            record = Record(Topic.RAW, page.key, page.value, (*headers, ("traceparent", trace)))
            await send(producer, record, deployment.settings)
        async with asyncio.timeout(PATIENCE):
            await watcher
    finally:
        await producer.stop()
    return took
