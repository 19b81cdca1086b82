"""Fault: pages that hang their reader, do not fit the topics, or are enormous, among good ones."""

from pathlib import Path

from service.settings import MEBIBYTE
from tests.brokers.plugin import Broker
from tests.faults.poisons import HEAVY
from tests.faults.result import Result
from tests.faults.stage import Stage

PAGE_SECONDS = 15.0
PAGE_BYTES = 10_000_000


async def poison_between(
    broker: Broker, folder: Path, *, times: int, good: int, seed: int = 24
) -> Result:
    """One worker; heavy poisons, each followed by so many pages of the usual mix."""
    async with Stage(
        broker,
        folder,
        seed=seed,
        page_seconds=PAGE_SECONDS,
        page_raw_bytes=PAGE_BYTES,
        page_decoded_bytes=PAGE_BYTES,
        extractors=2,
        largest_message=MEBIBYTE,
    ) as stage:
        await stage.crew.start(1)
        entries = stage.generator.take(good)
        reasons = list(HEAVY)
        for number in range(times):
            entries.append(stage.generator.heavy(reasons[number % len(reasons)]))
            entries += stage.generator.take(good)
        stage.hurt()
        await stage.page_feed.feed(entries)
        result = await stage.result()
    result.notes.append(f"{times} heavy poisons")
    return result
