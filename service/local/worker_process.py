"""A worker as a process of its own, for the demo: started, watched, and stopped in order."""

import os
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from service.settings import Settings

_STOP_SECONDS = 30.0
_LOG_TAIL = 4000


class WorkerEnded(RuntimeError):
    """The worker ended by itself; the text is the end of its log."""


class WorkerProcess:
    """`copydesk worker` with given settings; its log goes to a file in the state folder.

    Use it as a context manager: at its end the worker is told to stop, and killed if it does not.
    """

    def __init__(self, settings: Settings) -> None:
        self.log = settings.state_dir / "worker.log"
        self._environment = {
            name: value for name, value in os.environ.items() if not name.startswith("COPYDESK_")
        } | as_environment(settings)
        self._child: subprocess.Popen[bytes] | None = None

    def check(self) -> None:
        """Make sure that the worker runs.

        Raises:
            WorkerEnded: it does not.
        """
        if self._child is not None and (code := self._child.poll()) is not None:
            tail = self.log.read_text(errors="replace")[-_LOG_TAIL:]
            raise WorkerEnded(f"the worker ended with exit code {code}:\n{tail}")

    def __enter__(self) -> Self:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("wb") as log:
            self._child = subprocess.Popen(
                [sys.executable, "-m", "service.cli", "worker"],
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is for us, and we stop the worker
            )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._child is None:
            return
        self._child.terminate()
        try:
            self._child.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()


def as_environment(settings: Settings) -> dict[str, str]:
    """The settings that differ from the defaults, as variables of a child's environment."""
    changed = settings.model_dump(exclude_unset=True)
    return {f"COPYDESK_{name.upper()}": _as_text(value) for name, value in changed.items()}


def _as_text(value: object) -> str:
    if isinstance(value, tuple):
        return ",".join(map(str, value))
    if isinstance(value, Path):
        return str(value.resolve())
    return str(value)
