"""The file that `copydesk fold` writes: it has its name only once it is whole."""

import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import BinaryIO

import click

from service.contract.record import Record
from service.local.json_record import json_line
from service.local.last_records import LastRecords

ENDINGS = (".jsonl", ".ndjson", ".json")
"""Endings of names under which lines of JSON are written; a name may also have none."""

PARQUET = ".parquet"

STORIES = ".stories.parquet"
"""Ending of the file of stories, beside `NAME.parquet` with the articles."""

PART = ".part"
"""Ending of a file while it is written."""

WriteRecord = Callable[[Record], object]


class UnwritableOutput(click.ClickException):
    """The output cannot be written; the message names the file and the reason."""


def check_ending(output: Path, *, internal: bool = False) -> None:
    """Refuse a name whose ending promises another form than those that are written.

    Args:
        internal: whether the records of the internal topics are to be written too.

    Raises:
        click.UsageError: it does, or that form cannot be written here, or not with these topics.
    """
    ending = output.suffix.lower()
    if ending == PARQUET:
        if find_spec("pyarrow") is None:
            raise click.UsageError(
                f"-o {output}: Parquet needs pyarrow: pip install 'copydesk[parquet]'"
            )
        if internal:
            raise click.UsageError(
                "--internal: Parquet files have articles and stories only; write .jsonl"
            )
    elif ending not in ("", *ENDINGS):
        raise click.UsageError(
            f"-o {output}: lines of JSON are written to {', '.join(ENDINGS)}, and tables to"
            f" {PARQUET}"
        )


def record_output(output: Path | None) -> AbstractContextManager[WriteRecord]:
    """Open the output; the block gets what writes a record to it. None is standard output.

    Raises:
        UnwritableOutput: it cannot be opened or written.
    """
    if output is None:
        return _standard_output()
    if output.suffix.lower() == PARQUET:
        return _tables(output)
    return _lines(output)


@contextmanager
def _standard_output() -> Iterator[WriteRecord]:
    sink = sys.stdout.buffer
    yield lambda record: sink.write(json_line(record))
    sink.flush()


@contextmanager
def _lines(output: Path) -> Iterator[WriteRecord]:
    with output_file(output) as sink:

        def write(record: Record) -> None:
            with _reported(output):
                sink.write(json_line(record))

        yield write


@contextmanager
def _tables(output: Path) -> Iterator[WriteRecord]:
    """Both files are written when the block has ended: only then is known which event of an article
    is its last. If the block raises, what came until then is in the parts.
    """
    from service.local.parquet_tables import articles_schema, stories_schema, write_parquet

    target = output.resolve()
    # The articles come last: where they have their name, so have the stories.
    written = [
        (target.with_name(f"{target.stem}{STORIES}"), stories_schema(), LastRecords.stories),
        (target, articles_schema(), LastRecords.articles),
    ]
    with _reported(output):
        for path, _, _ in written:
            _part_of(path).write_bytes(b"")
        spool = tempfile.TemporaryFile(dir=target.parent, prefix=f".{target.name}")  # noqa: SIM115
    with spool:
        last = LastRecords(spool)

        def write(record: Record) -> None:
            with _reported(output):
                last.add(record)

        try:
            yield write
        finally:
            with _reported(output):
                for path, schema, rows in written:
                    write_parquet(rows(last), schema, _part_of(path))
    with _reported(output):
        for path, _, _ in written:
            _part_of(path).replace(path)


@contextmanager
def output_file(output: Path) -> Iterator[BinaryIO]:
    """Open the output beside its place, under its name and `PART`, and rename it when the block
    has ended. If the block raises, the part stays, and what was there before is not touched.

    What is no file, such as a named pipe or /dev/stdout, is written as it is.

    Raises:
        UnwritableOutput: it cannot be opened or written.
    """
    target = output.resolve()
    with _reported(output):
        # By the name as given: that of a pipe without one cannot be resolved.
        is_file = not output.exists() or stat.S_ISREG(output.stat().st_mode)
        written = _part_of(target) if is_file else output
        sink = written.open("wb")
    try:
        yield sink
    except BaseException:
        with suppress(OSError):
            sink.close()
        raise
    with _reported(output):
        sink.close()
    if is_file:
        with _reported(output):
            written.replace(target)


def _part_of(path: Path) -> Path:
    return path.with_name(f"{path.name}{PART}")


@contextmanager
def _reported(output: Path) -> Iterator[None]:
    """An error of the system becomes one that names the output. A reader that has left is none."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UnwritableOutput(f"-o {output}: {error.strerror or error}") from error
