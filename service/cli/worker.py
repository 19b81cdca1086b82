"""`copydesk worker`: run a worker, which reads pages and folds articles into stories."""

import logging

import click

from service.cli.load_settings import BadSettings, load_reading_settings

logger = logging.getLogger(__name__)


@click.command()
def command() -> None:
    """Read pages.raw and write articles, stories and the other topics, until SIGTERM or Ctrl-C.

    Missing topics are created. Exit codes: 0 after SIGTERM or Ctrl-C; 1 if the broker cannot be
    reached or does not meet the requirements; 2 for invalid settings; 65, with
    COPYDESK_ON_FAILURES=exit only, after too many dead letters or before records of a later
    version; 70 if it could not continue (stuck, fenced, refused by the broker, or too slow to stop)
    and should be restarted.
    """
    from service.worker.kafka.clients import BadConnection
    from service.worker.kafka.topics import WrongShards
    from service.worker.main import CannotStart, run_worker
    from service.worker.observe.logs import set_up_logging
    from service.worker.observe.tracing import TracesUnavailable

    warnings: list[str] = []
    settings = load_reading_settings(warnings.append)
    set_up_logging(settings)
    for line in warnings:
        logger.warning(line)
    try:
        run_worker(settings)
    except (BadConnection, TracesUnavailable, WrongShards) as error:
        raise BadSettings([str(error)]) from error
    except CannotStart as error:
        raise click.ClickException(str(error)) from error
