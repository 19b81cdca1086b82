"""`copydesk feed`: write pages from files to pages.raw."""

import asyncio
import signal
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import click
from aiokafka.errors import KafkaError

from service.cli.in_force import load_settings
from service.cli.progress import make_progress
from service.local.fed_files import FedFiles, JournalInUse, JournalUnusable
from service.local.landing import Landing
from service.local.read_files import UnreadableInput, read_inputs, total_bytes
from service.settings import Settings
from service.stream.connection import BadConnection
from service.stream.feed import feed

_LOOK_SECONDS = 2.0


@click.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--follow",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Feed each file that lands in DIR, once it is finished, until SIGTERM or Ctrl-C.",
)
@click.option(
    "--settle",
    default=10.0,
    show_default=True,
    type=click.FloatRange(min=0),
    help="With --follow: seconds that a file must lie unchanged to count as finished.",
)
@click.option(
    "--journal",
    type=click.Path(dir_okay=False, path_type=Path),
    help="With --follow: where to remember what was fed [default: fed.jsonl in the state folder].",
)
def command(
    files: tuple[Path, ...], follow: Path | None, settle: float, journal: Path | None
) -> None:
    """Write the pages in FILES to pages.raw: WARC, JSON lines, HTML, text, and folders of these.

    No more is sent than the broker has acknowledged but for a few hundred pages. Exit code 1 where
    a file cannot be read, the broker cannot be reached, or a page was too large for it.

    With --follow nothing in DIR is moved or changed. What was fed is remembered across restarts;
    a file whose feeding was interrupted is fed again from its start, and one that is changed
    later is fed again whole: FOLD knows the articles and rejects them as unchanged. A file that
    cannot be read to its end is reported, and left aside until it changes.
    """
    settings = load_settings()
    if bool(files) == bool(follow):
        raise click.UsageError("give FILES, or --follow DIR")
    try:
        if follow is not None:
            asyncio.run(_follow(follow, settle, journal or _default_journal(settings), settings))
            return
        written, refused = asyncio.run(_feed(files, settings))
    except (UnreadableInput, BadConnection, JournalInUse, JournalUnusable) as error:
        raise click.ClickException(str(error)) from error
    except KafkaError as error:
        raise click.ClickException(f"{settings.brokers}: {error}") from error
    click.echo(f"{written} pages written to {settings.topic_prefix}pages.raw", err=True)
    if refused:
        raise click.ClickException(f"{refused} pages were too large (COPYDESK_LARGEST_MESSAGE)")


async def _follow(folder: Path, settle: float, journal: Path, settings: Settings) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    with FedFiles(journal) as fed:
        landing = Landing(folder, settle, fed)
        click.echo(f"waiting for files in {folder}; what is fed stands in {journal}", err=True)
        while not stopped.is_set():
            for state in await asyncio.to_thread(landing.look):
                feeding = asyncio.create_task(_feed([Path(state.path)], settings))
                stopping = asyncio.create_task(stopped.wait())
                await asyncio.wait({feeding, stopping}, return_when=asyncio.FIRST_COMPLETED)
                stopping.cancel()
                if not feeding.done():
                    feeding.cancel()
                    await asyncio.gather(feeding, return_exceptions=True)
                    click.echo(f"{state.path}: interrupted, to be fed again", err=True)
                    return
                _report(state.path, feeding)
                fed.enter(state)
            with suppress(TimeoutError):
                await asyncio.wait_for(stopped.wait(), min(_LOOK_SECONDS, max(settle / 2, 0.1)))


def _report(path: str, feeding: "asyncio.Task[tuple[int, int]]") -> None:
    """Say what became of a file; one that cannot be read is no reason to stop."""
    try:
        written, refused = feeding.result()
    except UnreadableInput as error:
        click.echo(f"Error: {error}; left aside until it changes", err=True)
        return
    aside = f", {refused} too large" if refused else ""
    click.echo(f"{path}: {written} pages written{aside}", err=True)


def _default_journal(settings: Settings) -> Path:
    return settings.state_dir / "fed.jsonl"


async def _feed(files: Sequence[Path], settings: Settings) -> tuple[int, int]:
    written = refused = 0
    with make_progress() as progress:
        task = progress.add_task("feeding", total=total_bytes(files))
        messages = read_inputs(files, lambda count: progress.advance(task, count))
        async for fed in feed(messages, settings):
            if fed.refused is None:
                written += 1
            else:
                refused += 1
                name = (fed.message.key or b"").decode("utf-8", "replace")
                click.echo(f"too large: {name}: {fed.refused}", err=True)
    return written, refused
