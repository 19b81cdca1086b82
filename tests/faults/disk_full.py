"""Faults: a disk fills up, the worker's or the broker's, and has room again later.

The disk is a small file system in memory of its own, which takes the right to mount one.
"""

import asyncio
import contextlib
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from deploy.kafka.node import KafkaNode
from tests.brokers.plugin import Broker
from tests.faults.result import Result
from tests.faults.stage import Stage

_BALLAST = "ballast"
_BROKER_ENDS = 60.0
"""Seconds in which a broker meets the end of its disk and stops."""

_STARTS_WITHOUT_ROOM = 3
"""One may be after the kill; the others follow an end by itself."""


class CannotMount(RuntimeError):
    """No small file system can be had here; says why."""


@contextlib.contextmanager
def small_disk(folder: Path, octets: int) -> Iterator[Path]:
    """A folder that takes no more than that.

    Raises:
        CannotMount: there is no `mount` here, or we may not use it.
    """
    mount = shutil.which("mount")
    if mount is None:
        raise CannotMount("there is no `mount` here")
    place = folder / "small-disk"
    place.mkdir()
    command = [mount, "-t", "tmpfs", "-o", f"size={octets}", "tmpfs", str(place)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode != 0:
        raise CannotMount(run.stderr.strip())
    try:
        yield place
    finally:
        # Lazily: a process that is just ending may still be at home there.
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def fill(disk: Path) -> None:
    """Leave no room."""
    with (disk / _BALLAST).open("ab", buffering=0) as file, contextlib.suppress(OSError):
        while file.write(bytes(4096)):
            pass


def make_room(disk: Path) -> None:
    """Take the ballast away."""
    (disk / _BALLAST).unlink(missing_ok=True)


async def fill_workers_disk(
    broker: Broker, folder: Path, disk: Path, *, pages: int, rate: float, seed: int = 19
) -> Result:
    """One worker, whose folder is on a disk that is full for a while, as it works and at a start.

    It may go on for as long as it need not write there. Started without room it ends at once, and
    is started again until there is some.
    """
    variables = {"COPYDESK_STATE_DIR": str(disk / "state")}
    async with Stage(broker, folder, seed=seed, variables=variables) as stage:
        (hand,) = await stage.crew.start(1)
        feed = stage.feed(pages, rate)
        supervisor = stage.crew.supervise()
        await stage.outcomes(pages // 4)
        fill(disk)
        stage.hurt()
        await asyncio.sleep(1.0)
        if hand.is_running():
            hand.kill()
        await stage.crew.restarts(_STARTS_WITHOUT_ROOM)
        make_room(disk)
        await feed
        await stage.drained()
        supervisor.cancel()
        result = await stage.result()
        refused = stage.crew.exit_codes[1:]
        if 0 in refused:
            result.verdict.accuse("a worker without room says so", f"exit codes {refused}")
        result.notes.append(
            f"without room it ended {len(refused)} times, exit codes {set(refused)}"
        )
        return result


async def fill_brokers_disk(
    folder: Path, disk: Path, *, pages: int, rate: float, seed: int = 20
) -> Result:
    """Two workers; the only broker's disk is full: it ends. With room again it is started."""
    with KafkaNode(disk / "kafka") as node:
        broker = Broker(node.bootstrap, transactions=True)
        async with Stage(broker, folder, seed=seed) as stage:
            await stage.crew.start(2)
            supervisor = stage.crew.supervise()
            feed = stage.feed(pages, rate)
            await stage.outcomes(pages // 4)
            fill(disk)
            stage.hurt()
            async with asyncio.timeout(_BROKER_ENDS):
                while (code := node.exit_code) is None:  # noqa: ASYNC110 - another process
                    await asyncio.sleep(0.1)
            make_room(disk)
            await asyncio.to_thread(node.kill)
            await asyncio.to_thread(node.start)
            await feed
            await stage.drained()
            supervisor.cancel()
            result = await stage.result()
            result.notes.append(f"the broker ended with {code}")
            result.notes.append(f"workers started again: {len(stage.crew.exit_codes)}")
            return result
