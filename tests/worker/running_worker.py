"""`copydesk worker` as a process: started, ready, told to stop, or killed."""

import contextlib
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from types import TracebackType
from typing import Self

from tests.worker.deployment import Deployment
from tests.worker.processes import descendants, ended

READY_SECONDS = 90.0
STOP_SECONDS = 30.0


class RunningWorker:
    """One worker process; `log` is the file that it writes to."""

    def __init__(self, deployment: Deployment) -> None:
        self._environment = deployment.environment()
        self.log = deployment.folder / f"worker-{uuid.uuid4().hex[:8]}.log"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def web(self) -> str:
        """Where its pages are."""
        return f"http://127.0.0.1:{self._environment['COPYDESK_WEB_PORT']}"

    def start(self) -> Self:
        """Start it; returns when it says that it is ready."""
        self.launch()
        self.wait_until_ready()
        return self

    def launch(self) -> Self:
        """Start it; returns at once."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "service.cli", "worker"],
                env={**os.environ, **self._environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        return self

    def wait_until_ready(self) -> None:
        """Ask until it says that it is ready."""
        assert self._process is not None
        deadline = time.monotonic() + READY_SECONDS
        while not self.is_ready():
            if self._process.poll() is not None:
                raise AssertionError(f"ended with {self._process.returncode}:\n{self.log_tail()}")
            if time.monotonic() > deadline:
                raise AssertionError(f"not ready in {READY_SECONDS} s:\n{self.log_tail()}")
            time.sleep(0.05)

    def wait_for_line(self, text: str) -> None:
        """Wait until its log has the text."""
        self.wait_for_lines(text, 1)

    def wait_for_lines(self, text: str, count: int) -> None:
        """Wait until its log, of all its starts, has the text so often."""
        deadline = time.monotonic() + READY_SECONDS
        while self.log.read_text(errors="replace").count(text) < count:
            if time.monotonic() > deadline:
                raise AssertionError(f"no {text!r} in {READY_SECONDS} s:\n{self.log_tail()}")
            time.sleep(0.02)

    def is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.web}/readyz", timeout=5.0) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def stop(self) -> None:
        """Tell it to stop; it must end in order, in time, and leave no process behind."""
        assert self._process is not None
        family = self.family()
        self._process.send_signal(signal.SIGTERM)
        code = self.wait()
        assert code == 0, f"exit code {code}:\n{self.log_tail()}"
        assert ended(family), f"left behind: {family}"

    def wait(self, seconds: float = STOP_SECONDS) -> int:
        """Wait for its end; returns the exit code."""
        assert self._process is not None
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"still there after {seconds} s:\n{self.log_tail()}") from None

    def kill(self) -> None:
        """End it at once, as a crash would."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def signal(self, number: signal.Signals) -> None:
        """Send it a signal."""
        assert self._process is not None
        self._process.send_signal(number)

    def family(self) -> list[int]:
        """Process ids of the worker and all that it started, and those started."""
        return [self.pid, *descendants(self.pid)]

    def log_tail(self, lines: int = 60) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process is not None and self._process.poll() is None:
            self.kill()


@contextlib.contextmanager
def running_worker(deployment: Deployment) -> Iterator[RunningWorker]:
    """A worker that is ready, and is killed at the end if it still runs."""
    with RunningWorker(deployment) as worker:
        yield worker.start()
