"""`copydesk explain`: show why two articles are one story, or why not."""

import asyncio
import logging
from collections.abc import Sequence
from pathlib import Path

import click
from aiokafka.errors import KafkaError
from rich.console import Console

from service.cli.exit_codes import NotFound
from service.cli.explanation_page import print_explanation
from service.cli.input_format import input_format, suffix_of_input
from service.cli.load_settings import load_reading_settings
from service.cli.say import say_json
from service.cli.translation_page import print_translation
from service.cli.where import Read, topics_reader
from service.contract.identity import STORY_URN
from service.contract.record import Topic
from service.fold.explain import SignedText, explain
from service.fold.state.window import WindowLimits
from service.link.explain import (
    TranslationExplanation,
    explain_translation,
    source_of_articles,
)
from service.link.original import Source
from service.local.article_reference import ArticleReference, NoSuchArticle
from service.local.find_article import InFile, find_in_events, find_in_file
from service.local.find_event import EventSearch
from service.local.find_target import FoundStories
from service.local.read_files import UnreadableInput, input_limits
from service.sandbox.from_settings import read_options
from service.settings import Settings
from service.text.language_groups import language_group
from service.worker.kafka.clients import BadConnection
from service.worker.kafka.output_topics import read_topics
from service.worker.kafka.reaching import broker_failure
from service.worker.kafka.topics import TopicsUnavailable, topic_name

_Where = InFile | ArticleReference


@click.command()
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@click.option(
    "--events",
    type=click.Path(exists=True, path_type=Path),
    help="Look up addresses and ids in this output of `copydesk fold`.",
)
@click.option(
    "--brokers",
    is_flag=True,
    help="Look up addresses and ids on the topic `articles` of COPYDESK_BROKERS.",
)
@input_format
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(
    a: str, b: str, events: Path | None, brokers: bool, form: str | None, as_json: bool
) -> None:
    """Show two articles side by side, with the reasons why they are one story or not; of two
    languages, why one is a translation of the other or not.

    A and B are files (a saved page, a text, an archive, or output of `copydesk fold`). With
    --format, one of them may be -, standard input. If a file has more than one article, use
    FILE#ADDRESS. With --events or --brokers, A and B may also be the address of a page, the uri of
    an article, the id of an event (ce_id), or the id of a story, for its original.

    Exit codes: 0 whatever the verdict; 1 if a file cannot be read or the brokers cannot be reached;
    2 if an article is not found, or there is more than one.
    """
    logging.basicConfig(level=logging.CRITICAL)
    settings = load_reading_settings()
    if events is not None and brokers:
        raise click.UsageError("use --events or --brokers, not both")
    suffix = suffix_of_input([Path(each.partition("#")[0]) for each in (a, b)], form)
    try:
        first, second = _find([_where(each, suffix) for each in (a, b)], events, brokers, settings)
    except NoSuchArticle as error:
        raise NotFound(str(error)) from error
    except (UnreadableInput, BadConnection, TopicsUnavailable) as error:
        raise click.ClickException(str(error)) from error
    except KafkaError as error:
        raise click.ClickException(broker_failure(error, settings)) from error
    window = WindowLimits(settings.window_span, settings.window_articles)
    explanation = explain(first, second, window, join_rewrites=settings.rewrites == "on")
    translation = _translation(first, second)
    if as_json:
        told = {} if translation is None else {"translation": translation}
        shown = {name: each.model_dump(exclude_none=True) for name, each in told.items()}
        say_json(explanation.model_dump(exclude_none=True) | shown)
    elif translation is not None:
        print_translation(Console(), explanation, translation)
    else:
        print_explanation(Console(), explanation)


def _translation(a: SignedText, b: SignedText) -> TranslationExplanation | None:
    """What LINK says of two texts; None if they are in one language."""
    articles = a.extracted.article, b.extracted.article
    languages = [each.language for each in articles]
    if language_group(languages[0]) == language_group(languages[1]):
        return None
    return explain_translation(
        a.text,
        b.text,
        *languages,
        agency_a=a.extracted.wire.agency,
        agency_b=b.extracted.wire.agency,
        source=_source(a, b),
    )


def _source(a: SignedText, b: SignedText) -> Source | None:
    """Which of the two is the original: of stored events what LINK says of their stories, which
    knows more of their pages than events do."""
    if a.stored is None or b.stored is None:
        return source_of_articles(a.extracted, b.extracted)
    for own, other, first in ((a.stored, b.stored, False), (b.stored, a.stored, True)):
        if own.translation_of == other.story_id and own.why is not None:
            return Source(first, own.why)
    return None


def _where(argument: str, input_suffix: str | None) -> _Where:
    """Parse an argument: a file if there is one of this name, else a reference to an article.

    Raises:
        NoSuchArticle: it is neither.
    """
    file = InFile.parse(argument, input_suffix)
    if file is not None:
        return file
    reference = ArticleReference(argument)
    if not reference.is_name and not argument.startswith(STORY_URN):
        raise NoSuchArticle(f"{argument}: no such file, and not an address, uri or id")
    return reference


def _find(
    where: list[_Where], events: Path | None, brokers: bool, settings: Settings
) -> list[SignedText]:
    named = [each for each in where if isinstance(each, ArticleReference)]
    search: EventSearch | None = None
    if named and (events is not None or brokers):
        named = asyncio.run(_as_articles(named, topics_reader(events, settings)))
    places = [n for n, each in enumerate(where) if isinstance(each, ArticleReference)]
    if named:
        if events is not None:
            search = find_in_events(events, named, input_limits(settings))
        elif brokers:
            search = asyncio.run(_search_brokers(named, settings))
        else:
            raise NoSuchArticle(
                f"{named[0].given}: no such file; to look up addresses and ids, use"
                " --events FILE or --brokers"
            )
    found = []
    for number, each in enumerate(where):
        if isinstance(each, InFile):
            found.append(find_in_file(each, read_options(settings), input_limits(settings)))
        elif search is not None:
            found.append(search.result(places.index(number)))
    return found


async def _as_articles(named: Sequence[ArticleReference], read: Read) -> list[ArticleReference]:
    """Put the original of a story, or of the one that it was merged into, in place of its id.

    Raises:
        NoSuchArticle: no state of a story is there.
    """
    ids = {each.given for each in named if each.given.startswith(STORY_URN)}
    if not ids:
        return list(named)
    stories = FoundStories(set(ids))
    while True:
        async for record in read([Topic.STORIES]):
            stories.add(record)
        last = {story: stories.last(story) for story in ids}
        if stories.wanted >= set(last.values()):
            break
        stories.wanted.update(last.values())
    missing = sorted(story for story, now in last.items() if now not in stories.states)
    if missing:
        raise NoSuchArticle(f"{missing[0]}: no state of this story there")
    return [
        ArticleReference(stories.states[last[each.given]].original.uri)
        if each.given in ids
        else each
        for each in named
    ]


async def _search_brokers(named: list[ArticleReference], settings: Settings) -> EventSearch:
    source = f"topic {topic_name(Topic.ARTICLES, settings)} at {settings.brokers}"
    search = EventSearch(named, source)
    async for record in read_topics([Topic.ARTICLES, Topic.STORIES], settings):
        search.add(record)
    return search
