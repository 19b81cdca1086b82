"""`copydesk desk`: show the output topics, or a file, on a read-only web page."""

import asyncio
import logging
import signal
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from service.cli.load_settings import load_settings
from service.cli.say import say
from service.settings import Settings
from service.worker.observe.logs import set_up_logging

logger = logging.getLogger(__name__)


@click.command()
@click.option("--brokers", help="Bootstrap servers; overrides COPYDESK_BROKERS.")
@click.option("--host", help="Address to listen on; overrides COPYDESK_DESK_HOST.")
@click.option(
    "--port", type=click.IntRange(0, 65535), help="Port to listen on; 0 for any free one."
)
@click.option(
    "--data",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File of the read model; if it is deleted, it is rebuilt from the topics.",
)
@click.option(
    "--events",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Show what `copydesk fold` wrote to this file (JSON lines, also .gz), without a broker.",
)
@click.option("--name", "names", multiple=True, help="Host name that requests may use.")
def command(
    brokers: str | None,
    host: str | None,
    port: int | None,
    data: Path | None,
    events: Path | None,
    names: tuple[str, ...],
) -> None:
    """Show stories, articles, rejected and failed pages on a web page, live, until Ctrl-C.

    The desk reads the output topics and writes none. There is no login: listen on an address other
    than the loopback only if everyone who can reach it may read everything.

    With --events the file is read once, into a read model that is deleted at the end.

    Exit codes: 0 after Ctrl-C or SIGTERM, 1 if the address or a file cannot be used, 2 for
    invalid settings. If the broker is unreachable, the desk keeps trying.
    """
    if events is not None and (data is not None or brokers is not None):
        raise click.UsageError("--events needs neither --brokers nor --data")
    given = {
        "brokers": brokers,
        "desk_host": host,
        "desk_port": port,
        "desk_data": data,
        "desk_names": names or None,
    }
    warnings: list[str] = []
    settings = load_settings(warnings.append).model_copy(
        update={name: value for name, value in given.items() if value is not None}
    )
    set_up_logging(settings)
    for line in warnings:
        logger.warning(line)
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # TopicReader logs errors
    with TemporaryDirectory(prefix="copydesk-desk-") if events else nullcontext() as folder:
        if folder is not None:
            settings = settings.model_copy(update={"desk_data": Path(folder) / "desk.sqlite"})
        asyncio.run(_serve(settings, events))


async def _serve(settings: Settings, events: Path | None) -> None:
    from service.desk.ingest.events_file import UnreadableEvents
    from service.desk.read_model import UnusableModel
    from service.desk.serve import CannotServe, desk_options, running_desk

    options = replace(desk_options(settings), events=events)
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    try:
        async with running_desk(settings, options) as desk:
            say(f"desk     {desk.address}")
            stopping = asyncio.create_task(stopped.wait())
            await asyncio.wait({stopping, desk.reading}, return_when=asyncio.FIRST_COMPLETED)
            if desk.reading.done():
                desk.reading.result()
            await stopping
    except (UnusableModel, CannotServe, UnreadableEvents) as error:
        raise click.ClickException(str(error)) from error
