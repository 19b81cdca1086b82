"""Prints the help of every command as a JSON array: `python -m tests.goldens.command_help`.

A process of its own: a command remembers how its help was asked for first, and tests that ran
before in this one may have asked the command itself, which then has no `-h`.
"""

import json
import sys

from click.testing import CliRunner

from service.cli.main import COMMANDS, main

WIDTH = 100
"""Columns that help is printed for, whatever the terminal has."""


def help_of(name: str) -> str:
    """The help of a command; of the program for an empty name."""
    asked = [name, "--help"] if name else ["--help"]
    shown = CliRunner().invoke(main, asked, prog_name="copydesk", terminal_width=WIDTH)
    assert shown.exit_code == 0, shown.output
    return shown.output


if __name__ == "__main__":
    json.dump([help_of(name) for name in ("", *COMMANDS)], sys.stdout)
