"""What commands print, apart from rich's tables: every text passes `service.text.printable`."""

from typing import Any

import click
import orjson

from service.text.printable import escaped_json, several_lines


def say(text: str, *, err: bool = False) -> None:
    """Print lines to standard output, or to standard error; they may contain foreign text."""
    click.echo(several_lines(text), err=err)


def warn(line: str) -> None:
    """Print a warning to standard error."""
    say(f"Warning: {line}", err=True)


def say_json(value: Any, *, indented: bool = False, err: bool = False) -> None:
    """Print a value as JSON on one line, or indented on several, to standard output or error."""
    if indented:
        lines = orjson.dumps(value, option=orjson.OPT_INDENT_2).splitlines()
        click.echo(b"\n".join(map(escaped_json, lines)), err=err)
    else:
        click.echo(escaped_json(orjson.dumps(value, default=str)), err=err)


def warn_json(line: str) -> None:
    """Print a line that is JSON already to standard error."""
    click.echo(escaped_json(line.encode()), err=True)
