"""The common part of `withdraw`, `reinstate`, `same`, `apart` and `original`: look up what is
named, send the operator's decision to FOLD, and print its outcome."""

import asyncio
import shlex
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import click
from aiokafka.errors import KafkaError

from service.cli.exit_codes import NotFound
from service.cli.one_line import describe
from service.cli.say import say
from service.contract.control import LONGEST_REASON, Control, ControlAction, opposite
from service.contract.identity import STORY_URN
from service.contract.outcome import ERROR_PREFIX
from service.contract.record import Record, Topic
from service.contract.story import StoryEvent
from service.local.article_reference import ArticleReference
from service.local.find_target import FoundArticle, FoundArticles, FoundStories
from service.read.stage import shard_of
from service.settings import Settings
from service.text.printable import one_line
from service.worker.kafka.clients import BadConnection
from service.worker.kafka.controls import NoOutcome, send_control
from service.worker.kafka.output_topics import read_topics
from service.worker.kafka.reaching import broker_failure
from service.worker.kafka.topics import TopicsUnavailable, topic_name

_SECONDS = 60.0
_MOST_LISTED = 50

Function = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Named:
    """What an argument names: a story, or an article in a story.

    Attributes:
        usable: the articles that a withdrawal of it would take down.
    """

    name: str
    story: StoryEvent
    article: FoundArticle | None = None
    usable: list[FoundArticle] = field(default_factory=list)


def deciding(function: Function) -> Function:
    """Add the options that all of these commands have."""
    for option in (
        click.option("--dry-run", is_flag=True, help="Print what would change; send nothing."),
        click.option(
            "--wait",
            type=click.FloatRange(min=0, min_open=True),
            default=_SECONDS,
            show_default=True,
            metavar="SECONDS",
            help="How long to wait for FOLD's answer.",
        ),
        click.option("--why", required=True, metavar="TEXT", help="The reason, for the record."),
    ):
        function = option(function)
    return function


def decide(
    action: ControlAction,
    names: Sequence[str],
    settings: Settings,
    *,
    why: str,
    wait: float,
    dry_run: bool,
) -> None:
    """Look up what is named, send the decision, and print its outcome.

    Raises:
        ClickException: with the exit codes that the commands document.
    """
    reason = one_line(why).strip()
    if not 1 <= len(reason) <= LONGEST_REASON:
        raise click.BadParameter(f"must have 1 to {LONGEST_REASON} characters", param_hint="--why")
    try:
        asyncio.run(_decide(action, names, reason, wait, dry_run, settings))
    except (BadConnection, TopicsUnavailable, NoOutcome) as error:
        raise click.ClickException(str(error)) from error
    except KafkaError as error:
        raise click.ClickException(broker_failure(error, settings)) from error


async def _decide(
    action: ControlAction,
    names: Sequence[str],
    why: str,
    wait: float,
    dry_run: bool,
    settings: Settings,
) -> None:
    named = await _look_up(names, settings, members=action is ControlAction.WITHDRAW)
    shards = {shard_of(each.story.language, settings.shards) for each in named}
    if len(shards) > 1:
        languages = " and ".join(sorted({each.story.language for each in named}))
        raise NotFound(f"texts in {languages} are in different shards, and never in one story")
    control = Control(
        id=uuid.uuid4().hex,
        action=action,
        target=named[0].name,
        other=named[1].name if len(named) > 1 else None,
        language=named[0].story.language,
        why=why,
        at=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    for each in named:
        _print_named(each)
    if dry_run:
        _print_plan(control, named, shards.pop(), settings)
        return
    _print_outcome(control, await send_control(control, settings, wait))


async def _look_up(names: Sequence[str], settings: Settings, *, members: bool) -> list[Named]:
    references = {name: ArticleReference(name) for name in names if not name.startswith(STORY_URN)}
    for name, reference in references.items():
        if not reference.is_name:
            raise NotFound(f"{name}: not an address, the uri of an article or the id of a story")
    articles = FoundArticles(list(references.values()))
    if references:
        async for record in read_topics([Topic.ARTICLES], settings):
            articles.add(record)
    found = {name: _only(name, articles.named(each)) for name, each in references.items()}
    ids = {name: found[name].story_id if name in found else name for name in names}
    stories = FoundStories(set(ids.values()))
    while True:
        async for record in read_topics([Topic.STORIES], settings):
            stories.add(record)
        last = {name: stories.last(story_id) for name, story_id in ids.items()}
        if stories.wanted >= set(last.values()):
            break
        stories.wanted.update(last.values())
    return [
        await _named(name, last[name], found.get(name), stories, settings, members=members)
        for name in names
    ]


async def _named(
    name: str,
    story_id: str,
    article: FoundArticle | None,
    stories: FoundStories,
    settings: Settings,
    *,
    members: bool,
) -> Named:
    story = stories.states.get(story_id)
    if story is None:
        raise NotFound(f"{name}: no state of its story on {topic_name(Topic.STORIES, settings)}")
    if article is not None:
        return Named(article.uri, story, article, [article] if article.is_usable else [])
    usable = await _members(story_id, stories, settings) if members else []
    return Named(story_id, story, None, usable)


async def _members(story_id: str, stories: FoundStories, settings: Settings) -> list[FoundArticle]:
    articles = FoundArticles(stories=stories.merged_into(story_id))
    async for record in read_topics([Topic.ARTICLES], settings):
        articles.add(record)
    found = [each for each in articles.by_uri.values() if each.story_id in articles.stories]
    return sorted((each for each in found if each.is_usable), key=lambda each: each.url)


def _only(name: str, found: list[FoundArticle]) -> FoundArticle:
    if not found:
        raise NotFound(f"{name}: no event of such an article on the topic")
    if len(found) > 1:
        uris = ", ".join(each.uri for each in found)
        raise NotFound(f"{name}: more than one article: {uris}")
    return found[0]


def _print_named(named: Named) -> None:
    story, article = named.story, named.article
    if article is not None:
        say(one_line(f"article {article.uri}  {article.url}  {article.headline}"))
    say(
        one_line(
            f"story {story.id}  {story.status}, {story.copies + 1} articles on"
            f" {story.host_count} hosts, original on {story.original.host}: {story.headline}"
        )
    )


def _print_plan(control: Control, named: Sequence[Named], shard: int, settings: Settings) -> None:
    if control.action is ControlAction.WITHDRAW:
        usable = named[0].usable
        say(f"{len(usable)} articles would be taken down" + (":" if usable else ""))
        for each in usable[:_MOST_LISTED]:
            say(one_line(f"  {each.host}  {each.url}"))
        if len(usable) > _MOST_LISTED:
            say(f"  and {len(usable) - _MOST_LISTED} more")
    say(
        f"{control.action} would go to partition {shard} of"
        f" {topic_name(Topic.EXTRACTED, settings)}; nothing was sent"
    )


def _print_outcome(control: Control, found: Sequence[Record]) -> None:
    failed = next((each for each in found if each.topic is Topic.FAILED), None)
    if failed is not None:
        message = dict(failed.headers).get(ERROR_PREFIX + "exception.message", b"")
        raise click.ClickException(f"refused: {one_line(message.decode('utf-8', 'replace'))}")
    for record in found:
        say(f"{record.topic}  {describe(record)}")
    say(f"done: {control.action}, control {control.id}")
    words = opposite(control.action, control.target, control.other)
    if words is not None and control.action is not ControlAction.ORIGINAL:
        say(f"to undo it: copydesk {shlex.join(words)} --why TEXT")
