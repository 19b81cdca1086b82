"""`copydesk feed`: write pages from files to pages.raw."""

import asyncio
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from datetime import UTC, datetime
from pathlib import Path

import click
from aiokafka.errors import KafkaError, UnknownTopicOrPartitionError

from service.cli.exit_codes import INTERRUPTED
from service.cli.feed_run import (
    FeedResult,
    RunOptions,
    feed_files,
    missing_topic,
    stopped_by_signals,
)
from service.cli.input_format import input_format, suffix_of_input
from service.cli.load_settings import load_settings
from service.cli.say import say, say_json, warn
from service.contract.identity import digest
from service.contract.record import Topic
from service.local.fed_files import FedFiles, JournalInUse, JournalUnusable
from service.local.feed_input import FeedOptions, Period
from service.local.inputs.found_file import FoundFile, find_files
from service.local.read_files import UnreadableInput, input_limits
from service.local.watched_folder import WatchedFolder
from service.settings import Settings
from service.worker.kafka.clients import BadConnection
from service.worker.kafka.reaching import broker_failure
from service.worker.kafka.topics import TopicsUnavailable, existing_topics, topic_name

_LOOK_SECONDS = 2.0


class Interrupted(click.ClickException):
    """A signal ended the feed before it was done."""

    exit_code = INTERRUPTED


class _Time(click.ParamType):
    """A point in time, as RFC 3339 or a date; UTC if it has no offset."""

    name = "time"

    def convert(self, value: object, param: object, ctx: object) -> datetime:
        """Convert to a time with an offset; anything else is a usage error."""
        try:
            time = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{str(value)!r} is neither an RFC 3339 time nor a date")
        return time if time.tzinfo else time.replace(tzinfo=UTC)


@click.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, allow_dash=True, path_type=Path))
@click.option(
    "--follow",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Watch DIR and feed each new file once it is complete, until SIGTERM or Ctrl-C.",
)
@click.option(
    "--settle",
    default=10.0,
    show_default=True,
    type=click.FloatRange(min=0),
    help="With --follow: seconds without a change after which a file counts as complete.",
)
@click.option(
    "--journal",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File that records what was fed. It is kept, and what it has is not fed again [default:"
    " fed.jsonl in COPYDESK_STATE_DIR with --follow; else a file there that is deleted when all of"
    " FILES is fed].",
)
@click.option("--since", type=_Time(), help="Only pages fetched then or later: RFC 3339 or a date.")
@click.option("--until", type=_Time(), help="Only pages fetched earlier.")
@click.option(
    "--in-order", is_flag=True, help="Merge FILES by time of fetch, instead of one after the other."
)
@click.option(
    "--rate", type=click.FloatRange(min=0, min_open=True), help="Maximum number of pages a second."
)
@input_format
@click.option("--wait", is_flag=True, help="End when every page has an outcome.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as one JSON object.")
def command(
    files: tuple[Path, ...],
    follow: Path | None,
    settle: float,
    journal: Path | None,
    since: datetime | None,
    until: datetime | None,
    in_order: bool,
    rate: float | None,
    form: str | None,
    wait: bool,
    as_json: bool,
) -> None:
    """Write the pages in FILES to pages.raw: WARC, JSON lines, HTML, text, and folders of these.

    Links that lead out of a folder are not followed. With --format, - is standard input, of which
    no journal is kept: it cannot be read again.

    A journal records every 2 s how far each file was fed. After a crash or a signal, the same
    command goes on from there; the pages of the last seconds come twice, which FOLD rejects as
    unchanged. A file that has changed since is fed from its start. Pages without a time of fetch
    are fed whatever --since and --until say.

    Progress is shown on a terminal, and elsewhere in a line every 30 s: pages that have an outcome,
    or pages written if the output topics cannot be read.

    At most a few hundred pages are sent before the broker acknowledges them. Exit codes: 1
    if a file cannot be read, the broker cannot be reached, or a page is too large for it; 2 for an
    invalid option; 130 if a signal ended the command.

    With --follow, nothing in DIR is moved or changed, and a restart does not feed files again. A
    file that changes later is fed again from its start; FOLD recognises the articles and rejects
    them as unchanged. A file that cannot be read to its end is reported, and skipped until it
    changes.
    """
    settings = load_settings()
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # its errors are raised, and told once
    if bool(files) == bool(follow):
        raise click.UsageError("give either FILES or --follow DIR")
    if follow and (since or until or in_order or wait or as_json):
        raise click.UsageError("--since, --until, --in-order, --wait and --json are for FILES")
    if since and until and until <= since:
        raise click.UsageError("--until is not later than --since")
    suffix = suffix_of_input(files, form)
    if suffix and (in_order or journal):
        raise click.UsageError("standard input (-) can be read once: no --in-order, no --journal")
    try:
        if follow is not None:
            path = journal or settings.state_dir / "fed.jsonl"
            asyncio.run(_follow(follow, settle, path, RunOptions(rate), settings))
            return
        options = FeedOptions(Period(since, until), in_order, input_limits(settings))
        result = asyncio.run(_feed(files, suffix, journal, options, rate, wait, settings))
    except (
        UnreadableInput,
        BadConnection,
        JournalInUse,
        JournalUnusable,
        TopicsUnavailable,
    ) as error:
        raise click.ClickException(str(error)) from error
    except UnknownTopicOrPartitionError as error:
        raise click.ClickException(missing_topic(settings)) from error
    except KafkaError as error:
        raise click.ClickException(broker_failure(error, settings)) from error
    if as_json:
        say_json(result.as_object())
    _sum_up(result, wait, settings, quiet=as_json)


async def _feed(
    files: Sequence[Path],
    suffix: str | None,
    journal: Path | None,
    options: FeedOptions,
    rate: float | None,
    wait: bool,
    settings: Settings,
) -> FeedResult:
    purpose = _purpose(options, settings)
    run = RunOptions(rate, count_outcomes=True, wait=wait)
    found = list({file.path.absolute(): file for file in find_files(files, warn, suffix)}.values())
    kept = nullcontext() if suffix else _journal(journal, files, purpose, settings)
    with stopped_by_signals() as stopped, kept as fed:
        await _say_if_topic_is_missing(settings)
        result = await feed_files(found, fed, options, run, settings, stopped)
        if result.is_complete(wait) and journal is None and fed is not None:
            fed.remove()
    return result


async def _say_if_topic_is_missing(settings: Settings) -> None:
    """Say at once what the first page would wait for.

    Raises:
        BadConnection, TopicsUnavailable: the broker cannot be reached.
    """
    if topic_name(Topic.RAW, settings) not in await existing_topics(settings):
        warn(f"{missing_topic(settings)}; waiting for it")


def _purpose(options: FeedOptions, settings: Settings) -> str:
    """Hash of what a position in a file depends on: which pages are fed, and where to."""
    target = f"{settings.brokers} {topic_name(Topic.RAW, settings)}"
    return digest("feed", target, str(options.period.since), str(options.period.until))[:16]


@contextmanager
def _journal(
    given: Path | None, files: Sequence[Path], purpose: str, settings: Settings
) -> Iterator[FedFiles | None]:
    """The journal of a feed of these files; None if the default one cannot be written."""
    names = sorted(str(path.absolute()) for path in files)
    name = digest(purpose, *names)[:12]
    journal = FedFiles(given or settings.state_dir / f"feeding-{name}.jsonl", purpose)
    try:
        fed = journal.__enter__()
    except JournalUnusable as error:
        if given is not None:
            raise
        warn(f"{error}; there is no journal: if interrupted, the files are fed from their start")
        yield None
        return
    try:
        yield fed
    finally:
        journal.__exit__(None, None, None)


def _sum_up(result: FeedResult, wait: bool, settings: Settings, *, quiet: bool) -> None:
    """Print what was fed, unless `quiet`; an error if that is not all."""
    if not quiet:
        _print_counts(result, wait, settings)
    if not result.is_fed:
        raise Interrupted("interrupted; the same command goes on from there")
    if not result.is_complete(wait):
        raise Interrupted("interrupted; everything is fed, not every page has an outcome")
    if result.refused:
        raise click.ClickException(
            f"{result.refused} pages were too large (COPYDESK_LARGEST_MESSAGE)"
        )


def _print_counts(result: FeedResult, wait: bool, settings: Settings) -> None:
    say(f"{result.written} pages written to {settings.topic_prefix}pages.raw", err=True)
    if result.left_out:
        say(f"{result.left_out} pages were fetched at other times, and not fed", err=True)
    if result.undated:
        say(f"{result.undated} pages have no time of fetch; they were fed", err=True)
    outcomes = result.outcomes
    if wait and outcomes is not None:
        kinds = ", ".join(f"{count} on {topic.value}" for topic, count in outcomes.kinds.items())
        say(f"{outcomes.done} have an outcome" + (f": {kinds}" if kinds else ""), err=True)


async def _follow(
    folder: Path, settle: float, journal: Path, run: RunOptions, settings: Settings
) -> None:
    options = FeedOptions(limits=input_limits(settings))
    with stopped_by_signals() as stopped, FedFiles(journal) as fed:
        await _say_if_topic_is_missing(settings)
        watched = WatchedFolder(folder, settle, fed, report=warn)
        say(f"waiting for files in {folder}; fed files are recorded in {journal}", err=True)
        while not stopped.is_set():
            for state in await asyncio.to_thread(watched.look):
                try:
                    files: list[FoundFile] = list(find_files([Path(state.path)]))
                    result = await feed_files(files, fed, options, run, settings, stopped)
                except UnreadableInput as error:
                    say(f"Error: {error}; skipped until it changes", err=True)
                    fed.add(state)
                    continue
                if not result.is_fed:
                    say(f"{state.path}: interrupted, goes on from there when restarted", err=True)
                    return
                aside = f", {result.refused} too large" if result.refused else ""
                say(f"{state.path}: {result.written} pages written{aside}", err=True)
                fed.add(state)
            with suppress(TimeoutError):
                await asyncio.wait_for(stopped.wait(), min(_LOOK_SECONDS, max(settle / 2, 0.1)))
