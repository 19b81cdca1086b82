"""The pipeline without a broker: input messages in, the records for the topics out."""

import asyncio
import logging
import time
from collections import defaultdict, deque
from collections.abc import AsyncGenerator, Iterable, Iterator, Sequence
from contextlib import aclosing

from service.contract.extracted import SourcePosition
from service.contract.outcome import FailureReason
from service.contract.record import InputMessage, Record, Topic
from service.fold.assign.prefetch import TOGETHER
from service.fold.shard import Shard
from service.fold.stage import fold_batch, unfolded
from service.local.link_files import LinkFiles
from service.sandbox.from_settings import open_sandbox
from service.sandbox.pool import Sandbox
from service.settings import Settings
from service.shard_settings import make_shard

logger = logging.getLogger(__name__)


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
            message = _as_consumed(record, offset)
            by_shard[message.source.partition].append(message)
    folded = {shard: _fold(own, shards[shard], shard) for shard, own in by_shard.items()}
    for record in outcomes:
        yield record
        if record.topic is Topic.EXTRACTED:
            yield from next(folded[record.partition or 0])


def _fold(
    messages: Sequence[InputMessage], shard: Shard, number: int
) -> Iterator[Sequence[Record]]:
    """As `fold_batch`, but an article that raises an error becomes a dead letter."""
    folding = fold_batch(messages, shard, number)
    for following, message in enumerate(messages, 1):
        try:
            yield next(folding)
        except Exception as error:
            logger.exception("cannot place %s", message.key)
            yield [unfolded(message, FailureReason.ERROR, error)]
            folding = fold_batch(messages[following:], shard, number)


def _as_consumed(record: Record, offset: int) -> InputMessage:
    """READ's record as the message that FOLD consumes."""
    return InputMessage(
        key=record.key,
        value=record.value,
        headers=record.headers,
        timestamp=None,
        source=SourcePosition(
            topic=Topic.EXTRACTED.value, partition=record.partition or 0, offset=offset
        ),
    )
