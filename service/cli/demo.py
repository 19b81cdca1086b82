"""`copydesk demo`: the whole pipeline on a sample crawl and an embedded broker."""

import asyncio
import logging
import signal
import sys
from contextlib import AsyncExitStack

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from service.cli.story_table import print_tally
from service.desk.read_model import UnusableModel
from service.desk.serve import CannotServe, place_of, running_desk
from service.local.broker import BrokerUnavailable
from service.local.demo import DemoTooSlow, demo_broker, run_demo
from service.local.tally import Tally
from service.local.worker_process import WorkerEnded, WorkerProcess
from service.settings import Settings

_WIDTH_WITHOUT_TERMINAL = 150
_WATCH_SECONDS = 1.0


@click.command()
@click.option("--once", is_flag=True, help="Stop after the table instead of staying up.")
def command(once: bool) -> None:
    """Start a broker and a worker on this machine, feed a sample crawl, and show what comes out.

    The desk, a web page, shows it as it comes; with --once there is none. The broker is in memory
    and gone at the end. Settings in the environment are not used.
    """
    logging.basicConfig(level=logging.CRITICAL)
    console = Console(width=None if sys.stdout.isatty() else _WIDTH_WITHOUT_TERMINAL)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with demo_broker() as settings:
            console.print(f"broker   {settings.brokers} (embedded, in memory)")
            with WorkerProcess(settings) as worker:
                console.print(f"worker   http://127.0.0.1:{settings.web_port}/readyz")
                asyncio.run(_show(settings, worker, console, once))
    except (BrokerUnavailable, WorkerEnded, DemoTooSlow, UnusableModel, CannotServe) as error:
        raise click.ClickException(str(error)) from error
    except KeyboardInterrupt:
        console.print("stopped")


async def _show(settings: Settings, worker: WorkerProcess, console: Console, once: bool) -> None:
    async with AsyncExitStack() as stack:
        if not once:
            desk = await stack.enter_async_context(running_desk(settings, place_of(settings)))
            console.print(f"desk     {desk.address}")
        tally = await _run(settings, worker, console)
        console.print()
        print_tally(console, tally)
        if not once:
            console.print(f"\nStill running, with all of this at {desk.address}")
            await _stay(settings, worker, console)


async def _run(settings: Settings, worker: WorkerProcess, console: Console) -> Tally:
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=console,
        disable=not console.is_terminal,
    ) as progress:
        task = progress.add_task("pages", total=None)

        def report(outcomes: int, fed: int) -> None:
            progress.update(task, completed=outcomes, total=fed)

        return await run_demo(settings, worker, report)


async def _stay(settings: Settings, worker: WorkerProcess, console: Console) -> None:
    """Keep broker and worker up until Ctrl-C or the worker's end."""
    console.print(
        f"Ctrl-C stops it. In another terminal, for example:\n"
        f"  COPYDESK_BROKERS={settings.brokers} copydesk tail stories --from-beginning\n"
        f"  COPYDESK_BROKERS={settings.brokers} copydesk feed YOUR.warc.gz"
    )
    while True:
        worker.check()
        await asyncio.sleep(_WATCH_SECONDS)
