"""`copydesk tail`: print the records of a topic as they arrive."""

import asyncio
import sys
from collections.abc import AsyncIterator, Sequence

import click
from aiokafka.errors import KafkaError

from service.cli.load_settings import load_settings
from service.cli.one_line import describe
from service.cli.say import say
from service.contract.attributes import Choice, UnknownAttribute
from service.contract.record import Record, Topic
from service.local.json_record import json_line
from service.worker.kafka.clients import BadConnection
from service.worker.kafka.output_topics import follow, read_topics
from service.worker.kafka.reaching import broker_failure
from service.worker.kafka.topics import TopicsUnavailable


@click.command()
@click.argument("topic", type=click.Choice([topic.value for topic in Topic]), default="articles")
@click.option(
    "--json", "as_json", is_flag=True, help="Print records as lines of JSON, like `fold`."
)
@click.option("--from-beginning", is_flag=True, help="Start with the oldest record on the topic.")
@click.option("--all", "whole", is_flag=True, help="Print all that the topic holds now, and stop.")
@click.option(
    "--where",
    multiple=True,
    metavar="NAME=VALUE",
    help="Only records whose header says so, for example agency=ap; `NAME=` for records without it."
    " May be repeated: other values of a name are alternatives, other names must hold too.",
)
@click.option("-n", "--number", type=click.IntRange(min=1), help="Stop after this many records.")
def command(
    topic: str,
    as_json: bool,
    from_beginning: bool,
    whole: bool,
    where: tuple[str, ...],
    number: int | None,
) -> None:
    """Print the records of TOPIC (articles by default) until Ctrl-C, or all that it holds (--all).

    TOPIC is a name without prefix; COPYDESK_TOPIC_PREFIX is added. Records are chosen by their
    headers (--where): those of articles by language, agency, relation, host, story, publisher and
    type, those of stories by the same but relation and type, those of pages.rejected and
    pages.failed by reason.
    """
    choice = _choice(Topic(topic), where)
    settings = load_settings()
    try:
        records = (
            read_topics([choice.topic], settings)
            if whole
            else follow([choice.topic], settings, from_beginning=from_beginning)
        )
        asyncio.run(_tail(records, choice, as_json, number))
    except (KafkaError, BadConnection) as error:
        raise click.ClickException(broker_failure(error, settings)) from error
    except TopicsUnavailable as error:
        raise click.ClickException(str(error)) from error
    except KeyboardInterrupt:
        sys.stderr.close()


def _choice(topic: Topic, where: Sequence[str]) -> Choice:
    pairs = []
    for condition in where:
        name, equals, value = condition.partition("=")
        if not equals:
            raise click.BadParameter(f"{condition!r} is not NAME=VALUE", param_hint="--where")
        pairs.append((name.strip(), value.strip()))
    try:
        return Choice(topic, pairs)
    except UnknownAttribute as error:
        raise click.BadParameter(str(error), param_hint="--where") from error


async def _tail(
    records: AsyncIterator[Record], choice: Choice, as_json: bool, number: int | None
) -> None:
    seen = 0
    async for record in records:
        if not choice.takes(record):
            continue
        if as_json:
            sys.stdout.buffer.write(json_line(record))
            sys.stdout.buffer.flush()
        else:
            say(describe(record))
        seen += 1
        if seen == number:
            return
