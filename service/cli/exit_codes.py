"""The exit codes of every command. What each means is the same everywhere (deploy/COMMANDS.md)."""

from typing import Final

import click

DONE: Final = 0
"""The command did what it was asked to, or its reader (such as `head`) has read enough."""

FAILED: Final = 1
"""It could not: an input, an output, the brokers or the worker failed, or nothing came out."""

WRONG: Final = 2
"""It was asked for what is not there or not allowed: an option, a setting, a file, an article."""

INTERRUPTED: Final = 130
"""A signal, such as that of Ctrl-C, ended it before it was done (128 and the number of that of
Ctrl-C, as a shell has it)."""


class NotFound(click.ClickException):
    """What the command names is not there, or is not what the command takes."""

    exit_code = WRONG
