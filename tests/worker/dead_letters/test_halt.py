"""Halts of stages: kept over a restart, ended by a person."""

import asyncio
import logging
from pathlib import Path
from typing import Literal

import pytest

from service.contract.outcome import FailureReason
from service.settings import FixedSettings
from service.worker.dead_letters.failure import Failure
from service.worker.dead_letters.halt import FailureGate, Halts
from service.worker.dead_letters.limit import AGAIN_FAILURES, AGAIN_INPUTS
from service.worker.health import exit
from service.worker.health.exit import Stop
from service.worker.observe.metrics import REGISTRY

LIMIT = 30


def settings(folder: Path, on_failures: Literal["halt", "exit"] = "halt") -> FixedSettings:
    return FixedSettings(state_dir=folder, failed_in_a_row=LIMIT, on_failures=on_failures)


class Stage:
    """A stage of a worker that was just started."""

    def __init__(self, folder: Path, on_failures: Literal["halt", "exit"] = "halt") -> None:
        fixed = settings(folder, on_failures)
        self.halts = Halts(fixed)
        self.gate = FailureGate("read", "READ", fixed, self.halts)
        self.passed = 0

    async def feed(self, count: int, reason: FailureReason | None = FailureReason.ERROR) -> None:
        """Let outcomes pass, each of a host of its own; returns when all have passed."""
        for number in range(count):
            failure = None if reason is None else Failure(reason, f"host-{number}.example")
            await self.gate.enter(failure)
            self.passed += 1

    async def feed_until_halted(self) -> "asyncio.Task[None]":
        task = asyncio.create_task(self.feed(1000))
        await self.until_halted(task)
        return task

    async def until_halted(self, task: "asyncio.Task[None]") -> None:
        while not self.halts.halted:
            assert not task.done(), task
            await asyncio.sleep(0)


def shown(reason: str) -> float | None:
    return REGISTRY.get_sample_value("copydesk_halted", {"stage": "read", "reason": reason})


async def test_a_halted_stage_lets_nothing_pass_until_it_is_resumed(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    stage = Stage(tmp_path)
    with caplog.at_level(logging.INFO):
        task = await stage.feed_until_halted()
    assert "too many dead letters in READ" in caplog.text
    assert "copydesk resume" in caplog.text
    assert "copydesk replay" in caplog.text
    assert shown("error") == 1
    assert shown("timeout") == 0
    await asyncio.sleep(0)
    assert stage.passed == LIMIT
    assert stage.halts.resume().keys() == {"read"}
    assert shown("error") == 0
    await stage.until_halted(task)
    # The one that was held back, and as many as after any start.
    assert stage.passed == 1 + 2 * LIMIT
    task.cancel()


async def test_other_stages_go_on(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    task = await stage.feed_until_halted()
    await FailureGate("fold", "FOLD, shard 0", settings(tmp_path), stage.halts).enter(None)
    task.cancel()


async def test_every_writer_of_a_halted_stage_waits(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    task = await stage.feed_until_halted()
    other = FailureGate("read", "READ", settings(tmp_path), stage.halts)
    waiting = asyncio.create_task(other.enter(None))
    await asyncio.sleep(0)
    assert not waiting.done()
    task.cancel()
    stage.halts.resume()
    await waiting


async def test_a_restart_is_halted_sooner_by_the_same(tmp_path: Path) -> None:
    passed = []
    for _ in range(4):
        stage = Stage(tmp_path)
        task = await stage.feed_until_halted()
        passed.append(stage.passed)
        task.cancel()
    assert passed == [LIMIT, *[AGAIN_FAILURES] * 3]


async def test_a_restart_with_the_cause_repaired_is_forgotten(tmp_path: Path) -> None:
    (await Stage(tmp_path).feed_until_halted()).cancel()
    await Stage(tmp_path).feed(AGAIN_INPUTS, None)
    stage = Stage(tmp_path)
    (await stage.feed_until_halted()).cancel()
    assert stage.passed == LIMIT


async def test_a_resumed_halt_is_forgotten(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    task = await stage.feed_until_halted()
    stage.halts.resume()
    task.cancel()
    assert not Halts(settings(tmp_path)).reasons_before("read")


async def test_a_damaged_file_is_ignored(tmp_path: Path) -> None:
    for content in (b"", b"[]", b'{"read": 3}', b'{"read": ["no_reason"]}'):
        (tmp_path / "halted.json").write_bytes(content)
        stage = Stage(tmp_path)
        (await stage.feed_until_halted()).cancel()
        assert stage.passed == LIMIT


async def test_a_folder_that_cannot_be_written_prevents_no_halt(tmp_path: Path) -> None:
    stage = Stage(tmp_path / "missing")
    (await stage.feed_until_halted()).cancel()
    assert stage.passed == LIMIT


async def test_to_exit_instead(tmp_path: Path) -> None:
    stage = Stage(tmp_path, "exit")
    with pytest.raises(Stop, match="too many dead letters in READ") as stop:
        await stage.feed(1000)
    assert stop.value.exit_code == exit.UNREADABLE != 0
    assert "copydesk replay" in str(stop.value)
