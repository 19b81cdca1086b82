"""`copydesk worker`: run a worker, which reads pages and folds articles into stories."""

import logging

import click

from service.cli.load_settings import BadSettings, load_reading_settings
from service.settings import STAGES

logger = logging.getLogger(__name__)


def _split_stages(
    _context: click.Context, _option: click.Parameter, value: str | None
) -> tuple[str, ...] | None:
    """Return the stages that `--stages` names; anything else is a usage error."""
    if value is None:
        return None
    names = tuple(each.strip() for each in value.split(","))
    if not set(names) <= set(STAGES):
        raise click.BadParameter("must be some of read, fold and link, parted by commas")
    return names


@click.command()
@click.option(
    "--stages",
    metavar="STAGES",
    callback=_split_stages,
    help="Stages to run, parted by commas: read, fold and link, in place of COPYDESK_STAGES."
    " Workers with different stages need different groups.",
)
def command(stages: tuple[str, ...] | None) -> None:
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
    if stages is not None:
        settings = settings.model_copy(update={"stages": stages})
    set_up_logging(settings)
    for line in warnings:
        logger.warning(line)
    try:
        run_worker(settings)
    except (BadConnection, TracesUnavailable, WrongShards) as error:
        raise BadSettings([str(error)]) from error
    except CannotStart as error:
        raise click.ClickException(str(error)) from error
