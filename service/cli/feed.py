"""`copydesk feed`: write pages from files to pages.raw."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import click
from aiokafka.errors import KafkaError

from service.cli.in_force import load_settings
from service.cli.progress import make_progress
from service.local.read_files import UnreadableInput, read_inputs, total_bytes
from service.settings import Settings
from service.stream.connection import BadConnection
from service.stream.feed import feed


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
def command(files: tuple[Path, ...]) -> None:
    """Write the pages in FILES to pages.raw: WARC, JSON lines, HTML, text, and folders of these.

    No more is sent than the broker has acknowledged but for a few hundred pages. Exit code 1 where
    a file cannot be read, the broker cannot be reached, or a page was too large for it.
    """
    settings = load_settings()
    try:
        written, refused = asyncio.run(_feed(files, settings))
    except (UnreadableInput, BadConnection) as error:
        raise click.ClickException(str(error)) from error
    except KafkaError as error:
        raise click.ClickException(f"{settings.brokers}: {error}") from error
    click.echo(f"{written} pages written to {settings.topic_prefix}pages.raw", err=True)
    if refused:
        raise click.ClickException(f"{refused} pages were too large (COPYDESK_LARGEST_MESSAGE)")


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
