"""`copydesk worker`: run a worker, which reads pages and folds articles into stories."""

import logging
import os

import click

from service.cli.load_settings import BadSettings, load_reading_settings

logger = logging.getLogger(__name__)


@click.command()
@click.option(
    "--stages",
    metavar="STAGES",
    help="Stages to run, parted by commas: read, fold and link, in place of COPYDESK_STAGES."
    " Workers with different stages need different groups.",
)
def command(stages: str | None) -> None:
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
    if stages is not None:
        # The variable's checks, and the words of its errors, are the option's too.
        os.environ["COPYDESK_STAGES"] = stages
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
