"""The pipeline without a broker: input messages in, the records for the topics out."""

import asyncio
import time
from collections import defaultdict, deque
from collections.abc import AsyncGenerator, Iterable, Iterator, Sequence
from contextlib import aclosing
from functools import partial

from service.contract.record import InputMessage, Record, Topic
from service.fold.assign.prefetch import TOGETHER
from service.fold.shard import Shard
from service.fold.stage import fold_batch, unfolded
from service.local.link_files import LinkFiles
from service.local.next_stage import as_consumed, place_all
from service.sandbox.from_settings import open_sandbox
from service.sandbox.pool import Sandbox
from service.settings import Settings
from service.shard_settings import make_shard


async def fold_messages(
    messages: Iterable[InputMessage], settings: Settings
) -> AsyncGenerator[Record, None]:
    """Run messages through READ and FOLD, and LINK if it is on; yield the records in the order of
    the input.

    Pages are read ahead in child processes, up to `settings.window_pages` at a time. FOLD gets them
    in the order of the input, so the same input gives the same records. A page "fetched" later than
    now was fetched now: messages from files have no time of their own that would limit it.
    """
    sandbox = open_sandbox(settings, newest=time.time_ns() // 1_000_000)
    shards = [make_shard(settings, one_clock=True) for _ in range(settings.shards)]
    link = LinkFiles(settings.link_stories) if settings.links else None
    done = 0
    try:
        async with aclosing(read_ahead(messages, sandbox, settings)) as ahead:
            async for outcomes in ahead:
                records = _fold_outcomes(outcomes, shards, done)
                for record in records if link is None else link.follow(list(records)):
                    yield record
                done += len(outcomes)
    finally:
        await sandbox.close()


async def read_ahead(
    messages: Iterable[InputMessage], sandbox: Sandbox, settings: Settings
) -> AsyncGenerator[list[Record], None]:
    """READ's outcomes in the order of the input, in batches; pages in flight are bounded in number
    (`window_pages`) and in bytes (`window_bytes`), as in a worker."""
    ahead: deque[asyncio.Future[Record]] = deque()
    sizes: deque[int] = deque()
    total = 0
    try:
        for message in messages:
            sizes.append(len(message.value or b""))
            total += sizes[-1]
            while ahead and (len(ahead) >= settings.window_pages or total > settings.window_bytes):
                outcomes = await _next_outcomes(ahead)
                total -= sum(sizes.popleft() for _ in outcomes)
                yield outcomes
            ahead.append(sandbox.read(message))
        while ahead:
            yield await _next_outcomes(ahead)
    finally:
        for page in ahead:
            page.cancel()


async def _next_outcomes(ahead: deque[asyncio.Future[Record]]) -> list[Record]:
    """Wait for the oldest page; return it together with the next ones that are read already."""
    outcomes = [await ahead.popleft()]
    while ahead and ahead[0].done() and len(outcomes) < TOGETHER:
        outcomes.append(await ahead.popleft())
    return outcomes


def _fold_outcomes(
    outcomes: Sequence[Record], shards: Sequence[Shard], first: int
) -> Iterator[Record]:
    """Yield each outcome of READ, and after each article the records of FOLD.

    Args:
        first: number of the first outcome among all, used as its offset on `articles.extracted`.
    """
    by_shard: dict[int, list[InputMessage]] = defaultdict(list)
    for offset, record in enumerate(outcomes, first):
        if record.topic is Topic.EXTRACTED:
            message = as_consumed(record, offset)
            by_shard[message.source.partition].append(message)
    folded = {
        number: place_all(own, partial(fold_batch, shard=shards[number], number=number), unfolded)
        for number, own in by_shard.items()
    }
    for record in outcomes:
        yield record
        if record.topic is Topic.EXTRACTED:
            yield from next(folded[record.partition or 0])
