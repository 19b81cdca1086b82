"""`copydesk fold`: run the whole pipeline on files, without a broker."""

import asyncio
import os
import sys
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import BinaryIO

import click

from service.cli.load_settings import load_reading_settings
from service.cli.progress import make_progress
from service.cli.say import say, warn
from service.contract.cloud_event import from_source
from service.contract.record import Topic
from service.local.json_record import json_line
from service.local.read_files import UnreadableInput, input_limits, read_inputs, total_bytes
from service.settings import MOST_EXTRACTORS, Settings

_INTERNAL = frozenset({Topic.EXTRACTED, Topic.FOLD_STATE})


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the records to this file instead of standard output.",
)
@click.option(
    "--internal",
    is_flag=True,
    help="Also write the records of articles.extracted and fold.state.",
)
@click.option(
    "--jobs",
    type=click.IntRange(min=1, max=MOST_EXTRACTORS),
    help="Number of child processes that read pages [default: COPYDESK_EXTRACTORS if set, else the"
    " number of cores].",
)
def command(files: tuple[Path, ...], output: Path | None, internal: bool, jobs: int | None) -> None:
    """Run FILES through the pipeline, in order, and write each record as a line of JSON.

    FILES are WARC (.warc, .warc.gz), JSON lines in the input contract (.jsonl, .gz, .zst), HTML
    files, articles as plain text (.txt), and folders of these. Links that lead out of a folder are
    not followed. Exit code 1 if a file cannot be read; the records of the files before it are
    written.
    """
    settings = load_reading_settings()
    if jobs is None and "extractors" not in settings.model_fields_set:
        jobs = min(os.cpu_count() or 1, MOST_EXTRACTORS)
    if jobs is not None:
        settings = settings.model_copy(update={"extractors": jobs})
    try:
        with output.open("wb") if output else nullcontext(sys.stdout.buffer) as sink:
            asyncio.run(_fold(files, sink, settings, internal))
    except UnreadableInput as error:
        raise click.ClickException(str(error)) from error
    except BrokenPipeError:  # the reader, such as `head`, has closed the pipe
        sys.stderr.close()


async def _fold(files: Sequence[Path], sink: BinaryIO, settings: Settings, internal: bool) -> None:
    # Not at the top: `--help` need not wait for the pipeline.
    from service.local.fold_files import fold_messages

    counts: Counter[Topic] = Counter()
    started = time.monotonic()
    with make_progress() as progress:
        task = progress.add_task("folding", total=total_bytes(files))
        messages = read_inputs(
            files, lambda count: progress.advance(task, count), warn, input_limits(settings)
        )
        async for record in fold_messages(messages, settings):
            counts[record.topic] += 1
            if internal or record.topic not in _INTERNAL:
                sink.write(json_line(from_source(record, settings.source)))
    sink.flush()
    say(_summary(counts, time.monotonic() - started), err=True)


def _summary(counts: Counter[Topic], seconds: float) -> str:
    return (
        f"{counts[Topic.ARTICLES]} article events, {counts[Topic.STORIES]} story changes,"
        f" {counts[Topic.REJECTED]} rejected, {counts[Topic.FAILED]} failed in {seconds:.1f} s"
    )
