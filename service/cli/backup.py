"""`copydesk backup`: write FOLD's state to a file."""

import asyncio
import sqlite3
from pathlib import Path

import click
from aiokafka.errors import KafkaError

from service.cli.load_settings import load_settings
from service.cli.say import say
from service.worker.backup.save import CannotSave, save
from service.worker.kafka.clients import BadConnection
from service.worker.kafka.producers import TransactionsUnavailable
from service.worker.kafka.reaching import broker_failure
from service.worker.kafka.topics import TopicsUnavailable


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--read-group",
    metavar="GROUP",
    help="Group of the workers that run READ, if it is not COPYDESK_GROUP.",
)
def command(file: Path, read_group: str | None) -> None:
    """Write FOLD's state to FILE, which `copydesk restore` puts back, also on another cluster.

    Workers may run meanwhile. The file has its name once it is complete; an earlier one is
    replaced. Set COPYDESK_GROUP to the group of the workers that run FOLD.

    Exit codes: 0 when done; 1 if the broker cannot be reached or refuses, or the file cannot be
    written; 2 for invalid settings.
    """
    settings = load_settings()
    try:
        saved = asyncio.run(save(file, settings, read_group))
    except (BadConnection, CannotSave, TopicsUnavailable, TransactionsUnavailable) as error:
        raise click.ClickException(str(error)) from error
    except (OSError, sqlite3.Error) as error:
        raise click.ClickException(f"{file}: {error}") from error
    except (KafkaError, TimeoutError) as error:
        raise click.ClickException(broker_failure(error, settings)) from error
    say(f"{saved.articles} articles in {saved.stories} stories were written to {file}")
