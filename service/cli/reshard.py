"""`copydesk reshard`: move FOLD's state to another number of shards."""

import asyncio
from pathlib import Path

import click
from aiokafka.errors import KafkaError

from service.cli.load_settings import load_settings
from service.cli.say import say
from service.settings import Settings
from service.worker.kafka.clients import BadConnection
from service.worker.kafka.producers import TransactionsUnavailable
from service.worker.kafka.reaching import broker_failure
from service.worker.kafka.topics import TopicsUnavailable
from service.worker.reshard.move import CannotReshard, reshard
from service.worker.reshard.state_file import Moved


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def command(file: Path) -> None:
    """Move FOLD's state to COPYDESK_SHARDS shards, while all workers are stopped.

    Reads fold.state into FILE, deletes articles.extracted and fold.state, creates them with
    COPYDESK_SHARDS partitions, and writes the state to them. Every article keeps its story, its
    version and what an operator decided; no event is written. If the command is interrupted, run it
    again with the same FILE before any worker. Afterwards FILE can be deleted.

    Exit codes: 0 when done; 1 if the state cannot be moved (workers run, articles are not folded,
    the broker refuses); 2 for invalid settings.
    """
    settings = load_settings()
    try:
        moved = asyncio.run(reshard(file, settings))
    except (BadConnection, CannotReshard, TopicsUnavailable, TransactionsUnavailable) as error:
        raise click.ClickException(str(error)) from error
    except (KafkaError, TimeoutError) as error:
        raise click.ClickException(broker_failure(error, settings)) from error
    _sum_up(moved, settings, file)


def _sum_up(moved: Moved, settings: Settings, file: Path) -> None:
    say(
        f"{moved.articles} articles in {moved.stories} stories were moved to"
        f" {settings.shards} shards; {file} can be deleted"
    )
    for count, what in (
        (moved.superseded, "were left out: a later version, in another language, was kept"),
        (moved.without_story, "were left out: their story has no record"),
        (moved.apart, "are in a story of another language: their next version begins anew"),
    ):
        if count:
            say(f"{count} articles {what}")
