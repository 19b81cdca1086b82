"""Pages that break their child become outcomes; others do not notice."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable

import pytest

from service.contract.outcome import ERROR_PREFIX, REASON, FailureReason
from service.contract.record import InputMessage, Record, Topic
from service.read.stage import ReadOptions
from service.sandbox import warm_up, warm_up_concepts
from service.sandbox.page_clock import PageClock
from service.sandbox.pool import Sandbox
from service.settings import MEBIBYTE
from tests.contract.messages import message
from tests.worker.heavy_pages import good_page, large_page, slow_page
from tests.worker.processes import busiest_child, collected, descendants, ended, readers, ticks

PATIENCE = 60.0

OpenSandbox = Callable[..., Sandbox]


@pytest.fixture
async def open_sandbox() -> AsyncIterator[OpenSandbox]:
    async with contextlib.AsyncExitStack() as opened:

        def make(**more: float) -> Sandbox:
            limits = {"children": 1, "page_seconds": 60.0, "page_wall_seconds": 600.0}
            limits |= {"pages_per_child": 100}
            limits |= {"page_memory": 1536 * MEBIBYTE, **more}
            sandbox = Sandbox(ReadOptions(), **limits)  # type: ignore[arg-type]
            opened.push_async_callback(sandbox.close)
            return sandbox

        yield make


def page(body: bytes, number: int = 0) -> InputMessage:
    url = f"https://pier-{number}.example/a".encode()
    return message(body, (("url", url), ("x-note", b"kept \xff")), key=url)


def reason(record: Record) -> str | None:
    return dict(record.headers).get(REASON, b"").decode() or None


async def read_good(sandbox: Sandbox, count: int = 3) -> None:
    records = await asyncio.gather(
        *(sandbox.read(page(good_page(number), number)) for number in range(count))
    )
    assert [record.topic for record in records] == [Topic.EXTRACTED] * count


async def test_a_page_that_takes_too_long(open_sandbox: OpenSandbox) -> None:
    sandbox = open_sandbox(page_seconds=0.7)
    await read_good(sandbox)
    slow = page(slow_page())
    record = await sandbox.read(slow)
    assert record.topic is Topic.FAILED
    assert reason(record) == FailureReason.TIMEOUT
    assert (record.key, record.value) == (slow.key, slow.value)
    assert record.headers[: len(slow.headers)] == slow.headers
    assert dict(record.headers)[ERROR_PREFIX + "exception.message"] == (
        b"not read within 0.7 s of processor time"
    )
    assert sandbox.troubles == {FailureReason.TIMEOUT: 1}
    await read_good(sandbox)


async def test_a_page_that_takes_too_much_memory(open_sandbox: OpenSandbox) -> None:
    sandbox = open_sandbox(page_memory=320 * MEBIBYTE)
    record = await sandbox.read(page(large_page()))
    # A library that does not check for memory crashes where Python would raise.
    assert reason(record) in (FailureReason.OUT_OF_MEMORY, FailureReason.CRASHED)
    await read_good(sandbox)


async def test_a_page_that_kills_its_child(open_sandbox: OpenSandbox) -> None:
    sandbox = open_sandbox(children=2)
    await read_good(sandbox)
    slow = asyncio.ensure_future(sandbox.read(page(slow_page())))
    os.kill(await asyncio.to_thread(busiest_child, os.getpid()), signal.SIGKILL)
    others = asyncio.create_task(read_good(sandbox, 10))
    record = await slow
    assert reason(record) == FailureReason.CRASHED
    assert dict(record.headers)[ERROR_PREFIX + "exception.message"].endswith(b"exit code -9")
    await others


async def test_a_child_that_dies_while_idle_is_replaced(open_sandbox: OpenSandbox) -> None:
    sandbox = open_sandbox()
    for _ in range(3):
        await read_good(sandbox)
        children = readers(os.getpid())
        for pid in children:
            os.kill(pid, signal.SIGKILL)
        assert collected(children)
    await read_good(sandbox)
    assert not sandbox.troubles


async def test_a_warm_pool_has_its_children_before_the_first_page(
    open_sandbox: OpenSandbox,
) -> None:
    sandbox = open_sandbox(children=2)
    before = set(readers(os.getpid()))
    await sandbox.warm_up()
    started = set(readers(os.getpid())) - before
    assert len(started) == 2
    await sandbox.warm_up()
    await read_good(sandbox)
    assert set(readers(os.getpid())) - before == started


async def test_a_pool_that_is_closed_while_it_warms_up_leaves_no_child(
    open_sandbox: OpenSandbox,
) -> None:
    sandbox = open_sandbox(children=2)
    before = set(readers(os.getpid()))
    warming = asyncio.create_task(sandbox.warm_up())
    await asyncio.sleep(0)
    await sandbox.close()
    await warming
    assert ended(list(set(readers(os.getpid())) - before))
    await sandbox.warm_up()


async def test_limits_that_no_child_can_work_under_are_no_fault_of_the_page(
    open_sandbox: OpenSandbox,
) -> None:
    sandbox = open_sandbox(page_memory=50 * MEBIBYTE)
    with pytest.raises(RuntimeError, match="no child process gets ready"):
        await sandbox.warm_up()
    with pytest.raises(RuntimeError, match="no child process gets ready"):
        await sandbox.read(page(good_page()))


async def test_children_killed_at_any_time_never_block_the_others(
    open_sandbox: OpenSandbox,
) -> None:
    sandbox = open_sandbox(children=2)
    await read_good(sandbox)
    body = good_page() + b"<!--" + b"x" * 3_000_000 + b"-->"
    reads = [asyncio.ensure_future(sandbox.read(page(body, number))) for number in range(60)]
    waiting = asyncio.gather(*reads)
    killed = []
    pending = set(reads)
    while pending:
        for pid in readers(os.getpid())[:1]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
                killed.append(pid)
        # The next one only after a page came through: a busy machine may take long over a start.
        _, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
    outcomes = {(record.topic, reason(record)) for record in await waiting}
    assert outcomes <= {(Topic.EXTRACTED, None), (Topic.FAILED, FailureReason.CRASHED)}
    assert collected(killed)
    await read_good(sandbox)


async def test_children_are_replaced_after_their_pages(open_sandbox: OpenSandbox) -> None:
    sandbox = open_sandbox(pages_per_child=2)
    await read_good(sandbox, 1)
    first = set(readers(os.getpid()))
    await read_good(sandbox, 6)
    assert not first & set(readers(os.getpid()))


def test_children_begin_with_every_table_loaded() -> None:
    assert warm_up.RECORD.topic is Topic.EXTRACTED


def test_children_that_sign_concepts_begin_with_the_lexicon() -> None:
    assert len(warm_up_concepts.CONCEPTS)


async def test_the_first_page_in_a_language_has_its_time_for_itself(
    open_sandbox: OpenSandbox,
) -> None:
    """Loading the Chinese word list takes more processor time than a page has here."""
    lines = "".join(
        f"<p>新华社北京三月十日电 港口管理局周二表示，第{n}号渡轮在工程师修复北部码头后恢复航行，"
        "约有三千名乘客正在等候，预计周末前还会有更多人抵达，负责人说。</p>"
        for n in range(8)
    )
    body = f"<html><body><article><h1>渡轮恢复航行</h1>{lines}</article></body></html>"
    sandbox = open_sandbox(page_seconds=0.6)
    record = await sandbox.read(page(body.encode(), 1))
    assert record.topic is Topic.EXTRACTED, reason(record)
    assert b'"language":"zh"' in (record.value or b"")


async def test_close_gives_up_what_is_being_read(open_sandbox: OpenSandbox) -> None:
    sandbox = open_sandbox()
    slow = asyncio.ensure_future(sandbox.read(page(slow_page())))
    child = await asyncio.to_thread(busiest_child, os.getpid())
    await sandbox.close()
    assert ended([child])
    slow.cancel()
    await asyncio.gather(slow, return_exceptions=True)


def test_children_end_with_a_parent_that_is_killed() -> None:
    script = (
        "import asyncio\n"
        "from service.read.stage import ReadOptions\n"
        "from service.sandbox.pool import Sandbox\n"
        "from tests.worker.heavy_pages import good_page, slow_page\n"
        "from tests.sandbox.test_pool import page\n"
        "async def main():\n"
        "    box = Sandbox(ReadOptions(), children=2, page_seconds=60, page_wall_seconds=60,"
        " page_memory=2**31, pages_per_child=100)\n"
        "    await box.read(page(good_page()))\n"
        "    print('ready', flush=True)\n"
        "    await asyncio.gather(*(box.read(page(slow_page())) for _ in range(8)))\n"
        "if __name__ == '__main__':\n"
        "    asyncio.run(main())\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"ready\n"
        family = descendants(parent.pid)
        assert len(family) >= 3
        deadline = time.monotonic() + PATIENCE
        while sum(ticks(pid) for pid in family) < 60:
            assert time.monotonic() < deadline
            time.sleep(0.02)
        parent.kill()
        assert ended(family)


class Looks:
    """Counts how often pages were looked at, and found within their time or not."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.within = 0
        self._seen = asyncio.Event()
        look = PageClock.look

        def counted(clock: PageClock) -> str | None:
            limit = look(clock)
            self.within += limit is None
            self._seen.set()
            return limit

        monkeypatch.setattr(PageClock, "look", counted)

    async def more(self, count: int) -> None:
        """Wait until so many more looks found the page within its time."""
        wanted = self.within + count
        while self.within < wanted:
            self._seen.clear()
            await asyncio.wait_for(self._seen.wait(), PATIENCE)


async def test_a_child_that_is_stopped_for_longer_than_a_page_may_take_loses_no_page(
    open_sandbox: OpenSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = Looks(monkeypatch)
    sandbox = open_sandbox(page_seconds=1.0)
    await read_good(sandbox)
    (child,) = readers(os.getpid())
    os.kill(child, signal.SIGSTOP)
    reading = asyncio.create_task(read_good(sandbox, 20))
    # A look comes when the page could have used up its time: each is two seconds after the last.
    await looks.more(2)
    os.kill(child, signal.SIGCONT)
    await reading
    assert readers(os.getpid()) == [child]
    assert not sandbox.troubles


async def test_a_child_that_is_stopped_in_bursts_as_on_an_overloaded_machine(
    open_sandbox: OpenSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = Looks(monkeypatch)
    sandbox = open_sandbox(page_seconds=0.3)
    await read_good(sandbox)
    (child,) = readers(os.getpid())
    os.setpriority(os.PRIO_PROCESS, child, 19)
    for number in range(4):
        os.kill(child, signal.SIGSTOP)
        reading = asyncio.create_task(read_good(sandbox, number + 1))
        await looks.more(2)
        os.kill(child, signal.SIGCONT)
        await reading
    assert not sandbox.troubles


async def test_a_child_that_stays_stopped_is_given_up_and_the_others_go_on(
    open_sandbox: OpenSandbox,
) -> None:
    sandbox = open_sandbox(page_seconds=0.2, page_wall_seconds=0.5)
    await read_good(sandbox, 1)
    (child,) = readers(os.getpid())
    os.kill(child, signal.SIGSTOP)
    first = asyncio.ensure_future(sandbox.read(page(good_page())))
    others = asyncio.gather(*(sandbox.read(page(good_page(n), n)) for n in range(3)))
    record = await first
    assert reason(record) == FailureReason.TIMEOUT
    assert (
        b"not read within 0.5 s, in 0" in dict(record.headers)[ERROR_PREFIX + "exception.message"]
    )
    assert [each.topic for each in await others] == [Topic.EXTRACTED] * 3
