"""`copydesk fold`: run the whole pipeline on files, without a broker."""

import asyncio
import time
from collections.abc import Sequence
from contextlib import aclosing
from pathlib import Path

import click

from service.cli.fold_summary import FoldSummary
from service.cli.input_format import input_format, suffix_of_input
from service.cli.jobs import jobs_option, with_jobs
from service.cli.load_settings import load_reading_settings
from service.cli.output_file import WriteRecord, check_ending, record_output
from service.cli.progress import PageProgress, shown
from service.cli.say import say, say_json, warn
from service.contract.cloud_event import from_source
from service.contract.record import LINKING, Topic
from service.local.read_files import UnreadableInput, input_limits, read_inputs, total_bytes
from service.settings import Settings

_INTERNAL = frozenset({Topic.EXTRACTED, Topic.FOLD_STATE, *LINKING})


@click.command()
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, allow_dash=True, path_type=Path)
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the records to this file (.jsonl), or articles and stories as tables (.parquet),"
    " instead of standard output.",
)
@click.option(
    "--internal",
    is_flag=True,
    help="Also write the records of articles.extracted and fold.state, and of stories.concepts and"
    " link.state with COPYDESK_LINK=on.",
)
@jobs_option
@input_format
@click.option("--json", "as_json", is_flag=True, help="Print the summary as one JSON object.")
def command(
    files: tuple[Path, ...],
    output: Path | None,
    internal: bool,
    jobs: int | None,
    form: str | None,
    as_json: bool,
) -> None:
    """Run FILES through the pipeline, in order, and write each record as a line of JSON.

    FILES are WARC (.warc, .warc.gz), JSON lines in the input contract (.jsonl, .gz, .zst), HTML
    files, articles as plain text (.txt), and folders of these. Links that lead out of a folder are
    not followed. With --format, - is standard input.

    NAME.parquet gets a row for each article, as it is after all pages, and NAME.stories.parquet a
    row for each story; that needs pyarrow (the extra `parquet`).

    With COPYDESK_LINK=on, stories are also linked with their translations.

    The summary counts pages by reason, and names the first that failed. An output file has its name
    once it is whole; before, and if the command does not end well, it is called OUTPUT.part.

    Exit codes: 0 when done; 1 if a file cannot be read or written, or if no article came out; 2 for
    an invalid option or setting; 130 after Ctrl-C. The records of the pages before are written.
    """
    settings = with_jobs(load_reading_settings(), jobs)
    suffix = suffix_of_input(files, form)
    if output is not None:
        check_ending(output, internal=internal)
    started = time.monotonic()
    summary = FoldSummary()
    try:
        with record_output(output) as write:
            asyncio.run(_fold(files, suffix, write, settings, internal, summary))
    except UnreadableInput as error:
        raise click.ClickException(str(error)) from error
    _sum_up(summary, time.monotonic() - started, as_json=as_json, to_file=output is not None)


async def _fold(
    files: Sequence[Path],
    suffix: str | None,
    write: WriteRecord,
    settings: Settings,
    internal: bool,
    summary: FoldSummary,
) -> None:
    # Not at the top: `--help` need not wait for the pipeline.
    from service.local.fold_files import fold_messages

    with PageProgress(
        total_bytes(files, suffix), summary, doing="folding", handed_on="read"
    ) as progress:
        messages = progress.counted(
            read_inputs(files, progress.advance, warn, input_limits(settings), suffix)
        )
        async with shown(progress), aclosing(fold_messages(messages, settings)) as records:
            async for record in records:
                summary.add(record)
                if internal or record.topic not in _INTERNAL:
                    write(from_source(record, settings.source))


def _sum_up(summary: FoldSummary, seconds: float, *, as_json: bool, to_file: bool) -> None:
    """Print the summary; an error if no article came out."""
    if as_json:
        # Records are on standard output, unless they went to a file.
        say_json(summary.as_object(seconds), err=not to_file)
    else:
        for line in summary.lines(seconds):
            say(line, err=True)
    if summary.is_empty:
        why = "see the reasons above" if summary.done else "there are no pages in the input"
        raise click.ClickException(f"no article came out: {why}")
