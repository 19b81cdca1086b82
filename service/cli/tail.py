"""`copydesk tail`: print the records of a topic as they arrive."""

import asyncio
import sys

import click
from aiokafka.errors import KafkaError
from rich.console import Console
from rich.text import Text

from service.cli.load_settings import load_settings
from service.cli.one_line import describe
from service.contract.record import Topic
from service.local.json_record import json_line
from service.settings import Settings
from service.worker.kafka.clients import BadConnection
from service.worker.kafka.output_topics import follow
from service.worker.kafka.reaching import broker_failure


@click.command()
@click.argument("topic", type=click.Choice([topic.value for topic in Topic]), default="articles")
@click.option(
    "--json", "as_json", is_flag=True, help="Print records as lines of JSON, like `fold`."
)
@click.option("--from-beginning", is_flag=True, help="Start with the oldest record on the topic.")
@click.option("-n", "--number", type=click.IntRange(min=1), help="Stop after this many records.")
def command(topic: str, as_json: bool, from_beginning: bool, number: int | None) -> None:
    """Print the records of TOPIC (articles by default) until Ctrl-C.

    TOPIC is a name without prefix; COPYDESK_TOPIC_PREFIX is added.
    """
    settings = load_settings()
    try:
        asyncio.run(_tail(Topic(topic), settings, as_json, from_beginning, number))
    except (KafkaError, BadConnection) as error:
        raise click.ClickException(broker_failure(error, settings)) from error
    except (KeyboardInterrupt, BrokenPipeError):
        sys.stderr.close()


async def _tail(
    topic: Topic, settings: Settings, as_json: bool, from_beginning: bool, number: int | None
) -> None:
    console = Console()
    seen = 0
    async for record in follow([topic], settings, from_beginning=from_beginning):
        if as_json:
            sys.stdout.buffer.write(json_line(record))
            sys.stdout.buffer.flush()
        else:
            # Text of pages is data: `Text` keeps rich from reading it as markup, and `describe`
            # removes control characters.
            console.print(Text(describe(record)), soft_wrap=True)
        seen += 1
        if seen == number:
            return
