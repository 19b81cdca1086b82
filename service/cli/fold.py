"""`copydesk fold`: run the whole pipeline on files, without a broker."""

import asyncio
import sys
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import BinaryIO

import click

from service.cli.in_force import load_settings
from service.cli.progress import make_progress
from service.events.topics import Topic
from service.local.fold_files import fold_messages
from service.local.json_record import json_line
from service.local.read_files import UnreadableInput, read_inputs, total_bytes
from service.settings import Settings

_INTERNAL = frozenset({Topic.EXTRACTED, Topic.FOLD_STATE})


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the records here instead of to standard output.",
)
@click.option(
    "--internal",
    is_flag=True,
    help="Also write what goes to articles.extracted and fold.state.",
)
def command(files: tuple[Path, ...], output: Path | None, internal: bool) -> None:
    """Run FILES through the pipeline, in order, and write each record as a line of JSON.

    FILES are WARC (.warc, .warc.gz), JSON lines in the input contract (.jsonl, .gz, .zst), HTML
    files, articles as plain text (.txt), and folders of these. Exit code 1 where one cannot be
    read; what came before it is written.
    """
    settings = load_settings()
    try:
        with output.open("wb") if output else nullcontext(sys.stdout.buffer) as sink:
            asyncio.run(_fold(files, sink, settings, internal))
    except UnreadableInput as error:
        raise click.ClickException(str(error)) from error
    except BrokenPipeError:  # the reader has had enough, as `head` does
        sys.stderr.close()


async def _fold(files: Sequence[Path], sink: BinaryIO, settings: Settings, internal: bool) -> None:
    counts: Counter[Topic] = Counter()
    started = time.monotonic()
    with make_progress() as progress:
        task = progress.add_task("folding", total=total_bytes(files))
        messages = read_inputs(files, lambda count: progress.advance(task, count))
        async for record in fold_messages(messages, settings):
            counts[record.topic] += 1
            if internal or record.topic not in _INTERNAL:
                sink.write(json_line(record))
    sink.flush()
    click.echo(_summary(counts, time.monotonic() - started), err=True)


def _summary(counts: Counter[Topic], seconds: float) -> str:
    return (
        f"{counts[Topic.ARTICLES]} article events, {counts[Topic.STORIES]} story changes,"
        f" {counts[Topic.REJECTED]} rejected, {counts[Topic.FAILED]} failed in {seconds:.1f} s"
    )
