"""Fault: dead letters are put back again and again, and workers are killed meanwhile.

Readers are killed at work first, so that pages that are nothing but good are among the letters.
"""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path

from service.contract.outcome import ATTEMPTS
from service.contract.record import Topic
from tests.brokers.plugin import Broker
from tests.cli.running import copydesk
from tests.faults.child_hurt import BROKEN, PAGE_LIMITS, hurt_some
from tests.faults.ledger import Entry
from tests.faults.oracle import TOPICS, compare_repeated, outcomes_of
from tests.faults.result import Result
from tests.faults.stage import Stage
from tests.faults.verdict import Verdict
from tests.worker.topics_reader import Seen, read_all

AFTER_EACH = 60
"""Pages fed after the letters, so that each partition has some: when they are through, so is what
was put back before them."""

Outcomes = Mapping[int, Sequence[Seen]]


async def put_letters_back(
    broker: Broker,
    folder: Path,
    *,
    runs: int,
    children: int,
    pages: int,
    rate: float,
    seed: int = 31,
) -> Result:
    """Two workers; after a feed with broken readers, `runs` times all letters, and a kill each."""
    async with Stage(broker, folder, seed=seed, extractors=2, **PAGE_LIMITS) as stage:
        await stage.crew.start(2)
        feed = stage.feed(pages, rate)
        await hurt_some(stage, children)
        await feed
        await stage.drained()
        before = outcomes_of(await read_all(stage.deployment, TOPICS))
        supervisor = stage.crew.supervise()
        for _ in range(runs):
            replay = asyncio.create_task(_replay(stage))
            stage.hurt()
            stage.crew.hands[0].kill()
            await replay
            await stage.feed(AFTER_EACH)
            await stage.drained()
        supervisor.cancel()
        wrong = await stage.crew.stop()
        seen = await read_all(stage.deployment, TOPICS)
    verdict = Verdict(pages=len(stage.page_feed.entries))
    compare_repeated(
        verdict, seen, stage.deployment.settings, exact=broker.transactions, put_back=True
    )
    after = outcomes_of(seen)
    broken = sorted(n for n, got in before.items() if got[0].reason in BROKEN)
    for entry in stage.page_feed.entries:
        check_page(verdict, entry, before.get(entry.number), after.get(entry.number, ()), runs)
    for each in wrong:
        verdict.accuse("a worker told to stop stops in order", each)
    letters = sum(got[0].topic is Topic.FAILED for got in before.values())
    notes = [f"{letters} letters put back {runs} times; {len(broken)} came through"]
    return Result(verdict, len(stage.faults), [], notes)


async def _replay(stage: Stage) -> None:
    """As its user would: the command, all letters."""
    environment = stage.deployment.environment()
    run = await asyncio.to_thread(copydesk, "replay", settings=environment, timeout=120.0)
    assert run.returncode == 0, run.stderr


def check_page(
    verdict: Verdict, entry: Entry, before: Sequence[Seen] | None, after: Sequence[Seen], runs: int
) -> None:
    """Compare the outcomes of one page with those it had before anything was put back.

    A reader that is killed reads the pages again that it had not committed, so an outcome may be
    repeated; it must then be the same record.
    """
    kinds = {(each.topic, each.reason) for each in after}
    wanted = (entry.topic, entry.reason)
    what = f"{entry.kind} {entry.number}: {kinds}"
    if not after:
        verdict.lost += 1
        verdict.accuse("each page has an outcome", what)
    elif before is None:
        # Which texts of its address were told before depends on what was put back.
        if not kinds <= {wanted, (Topic.ARTICLES, None), (Topic.REJECTED, "unchanged")}:
            verdict.accuse("one outcome, the right one", what)
    elif before[0].topic is not Topic.FAILED:
        if _records(after) != _records(before):
            verdict.accuse("what was put back leaves the others alone", what)
    elif before[0].reason in BROKEN:
        came = kinds - {(Topic.FAILED, before[0].reason), (Topic.REJECTED, "unchanged")}
        events = {each.id for each in after if each.topic is Topic.ARTICLES}
        if len(kinds) < 2 or len(came) > 1 or len(events) > 1:
            verdict.accuse("a good page that was put back comes through once", what)
    else:
        attempts = {each.header(ATTEMPTS) for each in after}
        same = {(each.key, each.value, each.timestamp) for each in after}
        fed = (entry.fed.key, entry.fed.value, entry.fed.timestamp)
        if attempts != {str(n + 1) for n in range(runs + 1)} or same != {fed} or kinds != {wanted}:
            verdict.accuse("a bad page has a letter for each try", f"{what} {attempts}")


def _records(seen: Sequence[Seen]) -> set[tuple[object, ...]]:
    """The records without their positions: one that is repeated counts once."""
    return {(each.topic, each.key, each.value, each.headers) for each in seen}
