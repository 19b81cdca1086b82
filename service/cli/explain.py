"""`copydesk explain`: why two articles are one story, or why they are not."""

import asyncio
import logging
import sys
from pathlib import Path

import click
import orjson
from aiokafka.errors import KafkaError
from rich.console import Console

from service.cli.explanation_page import print_explanation
from service.cli.in_force import load_settings
from service.events.topics import Topic
from service.local.find_article import InFile, find_in_events, find_in_file
from service.local.find_event import EventSearch
from service.local.read_files import UnreadableInput
from service.local.read_topics import read_topics
from service.local.wanted import NoSuchArticle, Wanted
from service.settings import Settings
from service.story.explanation import SignedText, explain
from service.story.memory import Window
from service.stream.app import read_options
from service.stream.connection import BadConnection
from service.stream.topic_specs import TopicsUnavailable, topic_name

_Where = InFile | Wanted


class _NotFound(click.ClickException):
    """An article that was named is not to be had."""

    exit_code = 2


@click.command()
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@click.option(
    "--events",
    type=click.Path(exists=True, path_type=Path),
    help="Where to look up addresses and ids: what `copydesk fold` wrote.",
)
@click.option(
    "--brokers",
    is_flag=True,
    help="Look up addresses and ids on the topic articles of COPYDESK_BROKERS.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(a: str, b: str, events: Path | None, brokers: bool, as_json: bool) -> None:
    """Set two articles side by side, with the reasons why they are one story or not.

    A and B are files (a saved page, a text, an archive, or what `copydesk fold` wrote),
    FILE#ADDRESS where a file has more than one article, or, with --events or --brokers, the
    address of a page, the uri of an article, or the id of an event (ce_id).

    Exit code 0 whatever the verdict; 2 where an article is not found or not the only one; 1 where
    a file cannot be read or the brokers cannot be reached.
    """
    logging.basicConfig(level=logging.CRITICAL)
    settings = load_settings()
    if events is not None and brokers:
        raise click.UsageError("--events or --brokers, not both")
    try:
        first, second = _find([_where(a), _where(b)], events, brokers, settings)
    except NoSuchArticle as error:
        raise _NotFound(str(error)) from error
    except (UnreadableInput, BadConnection, TopicsUnavailable) as error:
        raise click.ClickException(str(error)) from error
    except KafkaError as error:
        raise click.ClickException(f"{settings.brokers}: {error}") from error
    window = Window(settings.window_span, settings.window_articles)
    explanation = explain(first, second, window)
    try:
        if as_json:
            click.echo(orjson.dumps(explanation.model_dump(exclude_none=True)))
        else:
            print_explanation(Console(), explanation)
    except BrokenPipeError:  # the reader has had enough, as `head` does
        sys.stderr.close()


def _where(argument: str) -> _Where:
    """What an argument means: a file goes before a name.

    Raises:
        NoSuchArticle: it is neither.
    """
    place = InFile.parse(argument)
    if place is not None:
        return place
    wanted = Wanted(argument)
    if not wanted.is_name:
        raise NoSuchArticle(f"{argument}: no such file, and no address, uri or event id")
    return wanted


def _find(
    where: list[_Where], events: Path | None, brokers: bool, settings: Settings
) -> list[SignedText]:
    named = [each for each in where if isinstance(each, Wanted)]
    search: EventSearch | None = None
    if named:
        if events is not None:
            search = find_in_events(events, named)
        elif brokers:
            search = asyncio.run(_search_brokers(named, settings))
        else:
            raise NoSuchArticle(
                f"{named[0].given}: no such file; --events FILE or --brokers says where to look"
                " addresses and ids up"
            )
    found = []
    for each in where:
        if isinstance(each, InFile):
            found.append(find_in_file(each, read_options(settings)))
        elif search is not None:
            found.append(search.result(named.index(each)))
    return found


async def _search_brokers(named: list[Wanted], settings: Settings) -> EventSearch:
    source = f"topic {topic_name(Topic.ARTICLES, settings)} at {settings.brokers}"
    search = EventSearch(named, source)
    async for record in read_topics([Topic.ARTICLES, Topic.STORIES], settings):
        event_id = next((raw for name, raw in record.headers if name == "ce_id"), None)
        search.enter(record.topic, record.value or b"", event_id.decode() if event_id else None)
    return search
