"""`copydesk restore`: put FOLD's state back from a file."""

import asyncio
from pathlib import Path

import click
from aiokafka.errors import KafkaError

from service.cli.load_settings import load_settings
from service.cli.say import say
from service.fold.state.row_integrity import StoreFailed
from service.worker.backup.backup_file import NoBackup
from service.worker.backup.restore import CannotRestore, restore
from service.worker.kafka.clients import BadConnection
from service.worker.kafka.reaching import broker_failure
from service.worker.kafka.topics import TopicsUnavailable


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--read-group",
    metavar="GROUP",
    help="Group of the workers that run READ, if it is not COPYDESK_GROUP.",
)
@click.option(
    "--incomplete",
    is_flag=True,
    help="Go on although articles or stories end before the backup does; those events are lost.",
)
def command(file: Path, read_group: str | None, incomplete: bool) -> None:
    """Put FOLD's state back from FILE, which `copydesk backup` wrote, while no worker runs.

    The cluster may be another one that has copies of the topics. Writes fold.state, which must be
    empty; folds what articles.extracted has after the backup, and writes those events that the
    topics do not have; sets the offsets of COPYDESK_GROUP, so that READ goes on after the last page
    of which articles.extracted has the article.

    Exit codes: 0 when done; 1 if the state cannot be restored (workers run, fold.state has records,
    the topics are not those of the backup, the broker refuses); 2 for invalid settings.
    """
    settings = load_settings()
    try:
        restored = asyncio.run(restore(file, settings, read_group, incomplete=incomplete))
    except (BadConnection, CannotRestore, NoBackup, StoreFailed, TopicsUnavailable) as error:
        raise click.ClickException(str(error)) from error
    except (KafkaError, TimeoutError) as error:
        raise click.ClickException(broker_failure(error, settings)) from error
    for note in restored.notes:
        say(note)
    say(
        f"{restored.state} records of the backup were written to fold.state;"
        f" {restored.folded} articles came after it and were folded, {restored.known} of their"
        " events were there already; workers can be started"
    )
