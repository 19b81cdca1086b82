"""Runs `copydesk` in a child process."""

import asyncio
import contextlib
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path

from service.settings import Settings
from service.worker.kafka.topics import create_topics
from tests.brokers.plugin import Broker


def settings_with_topics(broker: Broker, folder: Path, **more: str) -> dict[str, str]:
    """Settings of a deployment of its own, whose topics are there; its state is in the folder."""
    made = {
        "COPYDESK_BROKERS": broker.bootstrap,
        "COPYDESK_TOPIC_PREFIX": f"cli-{uuid.uuid4().hex}.",
        "COPYDESK_STATE_DIR": str(folder / "state"),
        **more,
    }
    values = {key.removeprefix("COPYDESK_").lower(): value for key, value in made.items()}
    asyncio.run(create_topics(Settings(**values)))  # type: ignore[arg-type]
    return made


def copydesk(
    *words: str, settings: Mapping[str, str] | None = None, timeout: float = 120.0
) -> subprocess.CompletedProcess[str]:
    """Run `copydesk` to its end, with these settings and none of the environment's."""
    return subprocess.run(
        [sys.executable, "-m", "service.cli", *words],
        env=_environment(settings or {}),
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


@contextlib.contextmanager
def started(
    *words: str, settings: Mapping[str, str], log: Path
) -> Iterator["subprocess.Popen[bytes]"]:
    """Run `copydesk` beside the test; what it says is appended to the log, and it is killed at the
    end if it still runs."""
    with log.open("ab") as sink:
        process = subprocess.Popen(
            [sys.executable, "-m", "service.cli", *words],
            env=_environment(settings),
            stderr=sink,
        )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


def _environment(settings: Mapping[str, str]) -> dict[str, str]:
    outside = {key: value for key, value in os.environ.items() if not key.startswith("COPYDESK_")}
    return {**outside, **settings}
