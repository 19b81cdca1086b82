"""The compose file under a name of its own, as Docker runs it: up, down, asked and hurt."""

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = ROOT / "docker-compose.yml"
PROJECT = "copydesk-test"
UP_SECONDS = 600
ENVIRONMENT = os.environ | {"COPYDESK_LINK": "on"}
"""Of whoever calls compose: with all three stages."""

_CHILD_OF_FIRST = """
import os, pathlib, signal
for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
    parent = stat.read_text().rpartition(")")[2].split()[1]
    if parent == "1" and stat.parent.name != str(os.getpid()):
        os.kill(int(stat.parent.name), signal.SIGKILL)
"""
"""Kills what the container's init has started, as the kernel would where memory runs out."""


def run(*words: str, given: str | None = None, seconds: float = UP_SECONDS) -> str:
    """What a command prints; fails with its last lines where it fails."""
    done = subprocess.run(
        words,
        cwd=ROOT,
        env=ENVIRONMENT,
        input=given,
        capture_output=True,
        text=True,
        timeout=seconds,
    )
    assert done.returncode == 0, f"{' '.join(words)}: {(done.stdout + done.stderr)[-4000:]}"
    return done.stdout


def why_not() -> str | None:
    """Why no containers are run: not asked for, or what is missing. None where they are."""
    if not os.environ.get("COPYDESK_TEST_CONTAINERS"):
        # They take ports, minutes and gigabytes that not everybody has.
        return "COPYDESK_TEST_CONTAINERS is not set; `make test-containers` sets it"
    if shutil.which("docker") is None:
        return "there is no docker here"
    for words, what in (("compose version", "docker compose"), ("info", "a Docker engine")):
        asked = subprocess.run(["docker", *words.split()], capture_output=True, text=True)
        if asked.returncode != 0:
            said = (asked.stdout + asked.stderr).strip().splitlines()
            return f"{what} does not answer: {said[-1] if said else 'no reason given'}"
    return None


def images() -> dict[str, str]:
    """The image of each service that is not ours, by the service's name."""
    services = yaml.safe_load(COMPOSE.read_text())["services"]
    return {name: each["image"] for name, each in services.items() if "build" not in each}


def is_stand_in(image: str) -> bool:
    """Whether an image was made by `stand_ins/make.sh`."""
    asked = ["docker", "image", "inspect", "--format", "{{json .Config.Labels}}", image]
    known = subprocess.run(asked, capture_output=True, text=True)
    return known.returncode == 0 and "stand-in" in (json.loads(known.stdout) or {})


def missing_images() -> list[str]:
    """Services whose image is not here and cannot be fetched: where others have stand-ins there is
    no registry, and none is asked."""
    fetch = not any(map(is_stand_in, images().values()))
    return [name for name, image in images().items() if not _is_here(image, fetch)]


def _is_here(image: str, fetch: bool) -> bool:
    commands = [["image", "inspect"], ["pull", "--quiet"]][: 1 + fetch]
    done = (subprocess.run(["docker", *words, image], capture_output=True) for words in commands)
    return any(each.returncode == 0 for each in done)


class Stack:
    """The services of the compose file, but for those whose image cannot be had.

    Attributes:
        left_out: services that do not run.
        before: the names of all volumes before it was up.
    """

    def __init__(self) -> None:
        self.left_out = missing_images()
        self.before = self.volumes()
        if {"kafka", "prometheus"} & set(self.left_out):
            missing = ", ".join(images()[name] for name in self.left_out)
            pytest.skip(f"images cannot be had ({missing}): tests/containers/stand_ins/make.sh")

    @property
    def services(self) -> list[str]:
        """The names of those that run, or have run: all that need no profile."""
        return [
            name
            for name, each in yaml.safe_load(COMPOSE.read_text())["services"].items()
            if name not in self.left_out and "profiles" not in each
        ]

    def compose(self, *words: str, given: str | None = None, also: Sequence[Path] = ()) -> str:
        """What `docker compose` prints."""
        files = [word for file in (COMPOSE, *also) for word in ("--file", str(file))]
        return run("docker", "compose", *files, "--project-name", PROJECT, *words, given=given)

    def up(self, *words: str, also: Sequence[Path] = ()) -> None:
        """Start what does not run; returns when all are healthy, and what runs once is done."""
        wait = ("--wait", "--wait-timeout", str(UP_SECONDS - 60))
        try:
            self.compose("up", "--detach", *wait, *words, *self.services, also=also)
        except AssertionError as error:
            raise AssertionError(f"{error}\n{self.compose('logs', '--tail', '20')}") from error

    def state(self, service: str) -> dict[str, Any]:
        """What Docker says of the container of a service, running or not."""
        container = self.compose("ps", "--all", "--quiet", service).split()
        (state,) = json.loads(run("docker", "inspect", *container))
        assert isinstance(state, dict)
        return state

    def within(self, service: str, *words: str, given: str | None = None) -> str:
        """What a command prints that is run in the container of a service."""
        return self.compose("exec", "--no-TTY", service, *words, given=given)

    def kill(self, service: str) -> None:
        """End a service's process from within its container: Docker starts it again."""
        self.within(service, "python3", "-c", _CHILD_OF_FIRST)

    def volumes(self) -> set[str]:
        """The names of all volumes."""
        return set(run("docker", "volume", "ls", "--quiet").split())

    def remove(self) -> None:
        """Take everything away, the data too."""
        self.compose("down", "--volumes", "--timeout", "60")
