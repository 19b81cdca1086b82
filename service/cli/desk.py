"""`copydesk desk`: a read-only web page over the output topics."""

import asyncio
import logging
import signal
from pathlib import Path

import click

from service.cli.in_force import load_settings
from service.settings import Settings
from service.stream.logs import set_up_logging


@click.command()
@click.option("--brokers", help="Bootstrap servers, in place of COPYDESK_BROKERS.")
@click.option("--host", help="Address to listen on, in place of COPYDESK_DESK_HOST.")
@click.option("--port", type=click.IntRange(0, 65535), help="0 is any port that is free.")
@click.option(
    "--data",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The read model's file; if deleted, it is read anew.",
)
@click.option("--name", "names", multiple=True, help="A host name that the desk is called by.")
def command(
    brokers: str | None,
    host: str | None,
    port: int | None,
    data: Path | None,
    names: tuple[str, ...],
) -> None:
    """Show stories, articles, rejected and failed pages on a web page, live, until Ctrl-C.

    The desk reads the output topics and changes nothing. There is no login: listen on another
    address than the loopback's only where everyone who can reach it may read.

    Exit codes: 0 after an orderly stop, 1 when the address or the file cannot be used, 2 for bad
    settings. A broker that is away is asked again.
    """
    given = {
        "brokers": brokers,
        "desk_host": host,
        "desk_port": port,
        "desk_data": data,
        "desk_names": names or None,
    }
    settings = load_settings().model_copy(
        update={name: value for name, value in given.items() if value is not None}
    )
    set_up_logging(settings)
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # the reader says what matters
    asyncio.run(_serve(settings))


async def _serve(settings: Settings) -> None:
    from service.desk.read_model import UnusableModel
    from service.desk.serve import CannotServe, place_of, running_desk

    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    try:
        async with running_desk(settings, place_of(settings)) as desk:
            click.echo(f"desk     {desk.address}")
            stopping = asyncio.create_task(stopped.wait())
            await asyncio.wait({stopping, desk.reading}, return_when=asyncio.FIRST_COMPLETED)
            if desk.reading.done():
                desk.reading.result()
            await stopping
    except (UnusableModel, CannotServe) as error:
        raise click.ClickException(str(error)) from error
