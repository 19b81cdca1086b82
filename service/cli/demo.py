"""`copydesk demo`: run the whole pipeline on a sample crawl with an embedded broker."""

import asyncio
import logging
import signal
import sys
from contextlib import AsyncExitStack

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from service.cli.demo_run import DemoTooSlow, WorkerEnded, WorkerProcess, demo_broker, run_demo
from service.cli.story_table import print_outcomes
from service.desk.read_model import UnusableModel
from service.desk.serve import CannotServe, desk_options, running_desk
from service.local.broker import BrokerUnavailable
from service.local.outcome_counts import OutcomeCounts
from service.settings import Settings
from service.worker.kafka.aiokafka_internals import UntestedClients

_WIDTH_WITHOUT_TERMINAL = 10_000
"""Nothing is cut or wrapped for other programs."""

_WATCH_SECONDS = 1.0


@click.command()
@click.option("--once", is_flag=True, help="Print the table, then stop; no desk is started.")
def command(once: bool) -> None:
    """Start a broker and a worker on this machine, feed a sample crawl, and print the stories.

    The desk, a web page, shows them live. Everything is in memory or in a temporary directory, and
    is deleted at the end. Settings in the environment are ignored, apart from
    COPYDESK_UNTESTED_CLIENTS.
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
    except (
        BrokerUnavailable,
        CannotServe,
        DemoTooSlow,
        UntestedClients,
        UnusableModel,
        WorkerEnded,
    ) as error:
        raise click.ClickException(str(error)) from error
    except KeyboardInterrupt:
        console.print("stopped")


async def _show(settings: Settings, worker: WorkerProcess, console: Console, once: bool) -> None:
    async with AsyncExitStack() as stack:
        if not once:
            desk = await stack.enter_async_context(running_desk(settings, desk_options(settings)))
            console.print(f"desk     {desk.address}")
        counts = await _run(settings, worker, console)
        console.print()
        print_outcomes(console, counts)
        if not once:
            console.print(f"\nStill running. The desk shows all of this: {desk.address}")
            await _stay(settings, worker, console)


async def _run(settings: Settings, worker: WorkerProcess, console: Console) -> OutcomeCounts:
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
    """Keep broker and worker running until Ctrl-C or until the worker ends."""
    console.print(
        f"Press Ctrl-C to stop. In another terminal, try for example:\n"
        f"  COPYDESK_BROKERS={settings.brokers} copydesk tail stories --from-beginning\n"
        f"  COPYDESK_BROKERS={settings.brokers} copydesk feed YOUR.warc.gz"
    )
    while True:
        worker.check()
        await asyncio.sleep(_WATCH_SECONDS)
