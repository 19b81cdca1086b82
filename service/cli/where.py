"""`copydesk where`: show what became of an address, over all topics."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import asdict
from pathlib import Path

import click
from aiokafka.errors import KafkaError

from service.cli.columns import print_table
from service.cli.exit_codes import NotFound
from service.cli.load_settings import load_settings
from service.cli.say import say_json
from service.contract.record import Record, Topic
from service.local.article_reference import ArticleReference
from service.local.find_target import FoundStories
from service.local.fold_output import records_of
from service.local.read_files import UnreadableInput, input_limits
from service.local.whereabouts import Sighting, Whereabouts, seen_story
from service.settings import Settings
from service.worker.kafka.clients import BadConnection
from service.worker.kafka.output_topics import read_topics
from service.worker.kafka.reaching import broker_failure
from service.worker.kafka.topics import TopicsUnavailable

_ABOUT_PAGES = (Topic.RAW, Topic.EXTRACTED, Topic.REJECTED, Topic.FAILED, Topic.ARTICLES)

Read = Callable[[Sequence[Topic]], AsyncIterator[Record]]


@click.command()
@click.argument("address", metavar="URL")
@click.option(
    "--events",
    type=click.Path(exists=True, path_type=Path),
    help="Look in this output of `copydesk fold` instead of the topics of COPYDESK_BROKERS.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one line of JSON for each record.")
def command(address: str, events: Path | None, as_json: bool) -> None:
    """Show every record about URL: raw pages, rejections, dead letters, the versions of its
    article, and the stories that they are in.

    URL may also be the uri of an article. Raw pages and dead letters are found by their key, which
    is the address where `copydesk feed` and the supported crawlers write it. On brokers, all topics
    are read from their beginnings, which takes as long as they are large.

    Exit codes: 0 when something was found; 1 if the file cannot be read or the brokers cannot be
    reached; 2 if there is no record about URL.
    """
    settings = load_settings()
    reference = ArticleReference(address)
    if not reference.is_name:
        raise NotFound(f"{address}: not an address, and not the uri of an article")
    try:
        found = asyncio.run(_look(reference, topics_reader(events, settings)))
    except (UnreadableInput, BadConnection, TopicsUnavailable) as error:
        raise click.ClickException(str(error)) from error
    except KafkaError as error:
        raise click.ClickException(broker_failure(error, settings)) from error
    if not found:
        place = events or f"the topics of {settings.brokers}"
        raise NotFound(f"{place}: no record about {address}")
    if as_json:
        for each in found:
            say_json(asdict(each))
        return
    print_table(
        ("topic", "at", "what"), [(each.topic, each.at or "-", each.what) for each in found]
    )


def topics_reader(events: Path | None, settings: Settings) -> Read:
    """Return how topics are read: from a file, or from the brokers."""

    async def from_file(topics: Sequence[Topic]) -> AsyncIterator[Record]:
        assert events is not None
        for record in records_of(events, input_limits(settings)):
            if record.topic in topics:
                yield record

    if events is not None:
        return from_file
    return lambda topics: read_topics(topics, settings)


async def _look(reference: ArticleReference, read: Read) -> list[Sighting]:
    about = Whereabouts(reference)
    async for record in read(_ABOUT_PAGES):
        about.add(record)
    if not about.stories:
        return about.sightings
    stories = FoundStories(set(about.stories))
    while True:
        async for record in read([Topic.STORIES]):
            stories.add(record)
        last = {stories.last(each) for each in about.stories}
        if stories.wanted >= last:
            break
        stories.wanted.update(last)
    shown = [seen_story(stories.states[each]) for each in sorted(last) if each in stories.states]
    return [*about.sightings, *shown]
