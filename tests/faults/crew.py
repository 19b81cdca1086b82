"""The workers of a round: each has its own folder, which a restart finds again."""

import asyncio
import contextlib
import signal
import subprocess
from collections.abc import Mapping

from tests.worker.deployment import Deployment
from tests.worker.processes import ended
from tests.worker.running_worker import RunningWorker


class Hand(RunningWorker):
    """A worker that may be started again as what it was; `variables` are added to its own."""

    def __init__(self, deployment: Deployment, variables: Mapping[str, str] | None = None) -> None:
        super().__init__(deployment)
        self._environment |= variables or {}

    @property
    def state_dir(self) -> str:
        return self._environment["COPYDESK_STATE_DIR"]

    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def exit_code(self) -> int | None:
        """How it ended; None while it runs."""
        return None if self._process is None else self._process.returncode

    def freeze(self) -> None:
        """Stop it in its tracks, as a long pause of its machine would."""
        self.signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        self.signal(signal.SIGCONT)

    def tell_to_stop(self) -> "subprocess.Popen[bytes]":
        """Ask it to end, and do not wait."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        return self._process


class Crew:
    """Workers of one deployment. At the end those that still run are killed, by their ids.

    `exit_codes` are of those that had ended and were started again.
    """

    def __init__(self, deployment: Deployment, variables: Mapping[str, str] | None = None) -> None:
        self.hands: list[Hand] = []
        self.exit_codes: list[int | None] = []
        self._restarted = asyncio.Event()
        self._deployment = deployment
        self._variables = variables

    def launch(self, count: int = 1) -> list[Hand]:
        """Start workers; returns at once."""
        new = [Hand(self._deployment, self._variables) for _ in range(count)]
        for hand in new:
            hand.launch()
        self.hands += new
        return new

    async def start(self, count: int = 1) -> list[Hand]:
        """Start workers; returns when they are ready."""
        new = self.launch(count)
        for hand in new:
            await asyncio.to_thread(hand.wait_until_ready)
        return new

    def revive(self) -> int:
        """Start again those that ended by themselves, as an orchestrator would; says how many."""
        gone = [hand for hand in self.hands if not hand.is_running()]
        for hand in gone:
            self.exit_codes.append(hand.exit_code)
            hand.launch()
            self._restarted.set()
        return len(gone)

    async def restarts(self, count: int, patience: float = 60.0) -> None:
        """Wait until the supervisor has started this many again.

        Raises:
            TimeoutError: it did not come to that.
        """
        async with asyncio.timeout(patience):
            while len(self.exit_codes) < count:
                self._restarted.clear()
                await self._restarted.wait()

    def supervise(self) -> "asyncio.Task[None]":
        """Keep reviving, twice a second, until the task is cancelled."""

        async def watch() -> None:
            while True:
                self.revive()
                await asyncio.sleep(0.5)

        return asyncio.create_task(watch())

    async def stop(self) -> list[str]:
        """Tell all that run to stop; returns what was wrong with how they did."""
        running = [hand for hand in self.hands if hand.is_running()]
        wrong = []
        for hand in running:
            await asyncio.to_thread(hand.wait_until_ready)
        for hand in running:
            hand.tell_to_stop()
        for hand in running:
            code = await asyncio.to_thread(hand.wait)
            if code != 0:
                wrong.append(f"exit code {code} after SIGTERM:\n{hand.log_tail(12)}")
        return wrong

    def close(self) -> None:
        """Kill what still runs, and see that nothing is left of it."""
        families = []
        for hand in self.hands:
            if hand.is_running():
                families += hand.family()
                with contextlib.suppress(ProcessLookupError):
                    hand.thaw()
                hand.kill()
        assert ended(families), f"left behind: {families}"
