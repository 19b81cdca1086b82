"""Completion of words in a shell."""

import importlib

import click
import pytest

from service.cli import main as group
from service.cli.completion import SHELLS
from tests.cli.in_process import run


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_for_each_shell(shell: str) -> None:
    done = run("completion", shell)
    assert done.exit_code == 0
    assert "_COPYDESK_COMPLETE" in done.stdout


def test_commands_are_named_without_being_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    def load(name: str) -> None:
        raise AssertionError(f"{name} is loaded")

    monkeypatch.setattr(importlib, "import_module", load)
    found = group.main.shell_complete(click.Context(group.main), "re")
    assert [item.value for item in found] == [
        "reinstate",
        "replay",
        "reshard",
        "restore",
        "resume",
    ]
    options = group.main.shell_complete(click.Context(group.main), "--v")
    assert [item.value for item in options] == ["--version"]


@pytest.mark.parametrize("option", ["-V", "--version"])
def test_the_version(option: str) -> None:
    assert run(option).stdout.startswith("copydesk, version ")
