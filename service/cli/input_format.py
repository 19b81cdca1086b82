"""The option --format: the kind of what comes on standard input, where `-` is given as a file."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from service.local.inputs.found_file import STANDARD_INPUT, STREAMED

FORMATS = tuple(suffix.removeprefix(".") for suffix in STREAMED)

input_format: Callable[[Any], Any] = click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="What standard input holds, if - is one of the files.",
)


def suffix_of_input(files: Sequence[Path], form: str | None) -> str | None:
    """The suffix that a file with the content of standard input would have; None if it is not read.

    Raises:
        click.UsageError: `-` is given without --format, more than once, or not with it.
    """
    times = sum(path == STANDARD_INPUT for path in files)
    if times > 1:
        raise click.UsageError("standard input (-) can be read once only")
    if times and form is None:
        raise click.UsageError(f"- needs --format: one of {', '.join(FORMATS)}")
    if form is not None and not times:
        raise click.UsageError("--format is for standard input: give - as a file")
    return None if form is None else f".{form}"
