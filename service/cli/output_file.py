"""The file that `copydesk fold` writes: it has its name only once it is whole."""

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click

ENDINGS = (".jsonl", ".ndjson", ".json")
"""Endings of names under which lines of JSON are written; a name may also have none."""

PART = ".part"
"""Ending of the file while it is written."""


class UnwritableOutput(click.ClickException):
    """The output cannot be written; the message names the file and the reason."""


def check_ending(output: Path) -> None:
    """Refuse a name whose ending promises another form than lines of JSON.

    Raises:
        click.UsageError: it does.
    """
    if output.suffix.lower() in ("", *ENDINGS):
        return
    hint = "; Parquet is not supported" if output.suffix.lower() == ".parquet" else ""
    raise click.UsageError(
        f"-o {output}: lines of JSON are written to {', '.join(ENDINGS)} only{hint}"
    )


@contextmanager
def output_file(output: Path) -> Iterator[BinaryIO]:
    """Open the output beside its place, under its name and `PART`, and rename it when the block
    has ended. If the block raises, the part stays, and what was there before is not touched.

    What is no file, such as a named pipe or /dev/stdout, is written as it is.

    Raises:
        UnwritableOutput: it cannot be opened or written.
    """
    target = output.resolve()
    try:
        is_file = not target.exists() or stat.S_ISREG(target.stat().st_mode)
        written = target.with_name(f"{target.name}{PART}") if is_file else target
        sink = written.open("wb")
    except OSError as error:
        raise UnwritableOutput(f"-o {output}: {error.strerror or error}") from error
    with sink:
        yield sink
    if is_file:
        try:
            written.replace(target)
        except OSError as error:
            raise UnwritableOutput(f"-o {output}: {error.strerror or error}") from error
