"""`copydesk worker`: read pages and fold stories until told to stop."""

import logging

import click

from service.cli.in_force import load_settings


@click.command()
def command() -> None:
    """Read pages.raw and write articles, stories and the rest, until SIGTERM or Ctrl-C.

    Missing topics are created. Exit codes: 0 after an orderly stop, 1 when the broker
    cannot be reached, 70 when the worker could not go on and should be started again, 2 for bad
    settings.
    """
    from service.stream.connection import BadConnection
    from service.stream.worker import CannotStart, run_worker

    settings = load_settings()
    logging.basicConfig(
        level=settings.log_level, format="%(asctime)s %(levelname)-7s %(name)s: %(message)s"
    )
    # Both tell at INFO of each fetch and each assignment.
    for chatty in ("aiokafka", "faust", "mode"):
        logging.getLogger(chatty).setLevel(max(logging.WARNING, logging.getLogger().level))
    try:
        run_worker(settings)
    except BadConnection as error:
        raise click.UsageError(str(error)) from error
    except CannotStart as error:
        raise click.ClickException(str(error)) from error
