"""`copydesk worker`: read pages and fold stories until told to stop."""

import logging

import click

from service.cli.in_force import BadSettings, load_settings

logger = logging.getLogger(__name__)


@click.command()
def command() -> None:
    """Read pages.raw and write articles, stories and the rest, until SIGTERM or Ctrl-C.

    Missing topics are created. Exit codes: 0 after an orderly stop; 1 when the broker cannot be
    reached, or is not as demanded; 2 for bad settings; 65 when it stopped before its input because
    of too many dead letters or of records of a later version; 70 when it could not go on (stuck,
    fenced, refused by the broker, not through in time when told to stop) and should be started
    again.
    """
    from service.stream.connection import BadConnection
    from service.stream.logs import set_up_logging
    from service.stream.tracing import TracesUnavailable
    from service.stream.worker import CannotStart, run_worker

    warnings: list[str] = []
    settings = load_settings(warnings.append)
    set_up_logging(settings)
    for line in warnings:
        logger.warning(line)
    try:
        run_worker(settings)
    except (BadConnection, TracesUnavailable) as error:
        raise BadSettings([str(error)]) from error
    except CannotStart as error:
        raise click.ClickException(str(error)) from error
