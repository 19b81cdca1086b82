"""The examples of deploy/examples as processes, run until they have done their work."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "deploy" / "examples"
PATIENCE = 60.0


@contextlib.contextmanager
def running_example(name: str, *words: str, output: Path) -> Iterator[Callable[..., None]]:
    """Start an example; gives a function that waits until something holds."""
    with output.open("wb") as sink:
        process = subprocess.Popen(
            [sys.executable, str(FOLDER / name), *words],
            cwd=output.parent,
            env=dict(os.environ),
            stdout=sink,
            stderr=subprocess.STDOUT,
        )

    def wait_until(holds: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not holds():
            assert process.poll() is None, output.read_text()
            assert time.monotonic() < deadline, output.read_text()
            time.sleep(0.05)

    try:
        yield wait_until
    finally:
        process.kill()
        process.wait()
