"""`copydesk replay`: put dead letters back to where they came from."""

import asyncio
import re
from collections import Counter
from datetime import UTC, datetime, timedelta

import click
from aiokafka.errors import KafkaError

from service.cli.in_force import load_settings
from service.cli.one_line import printable
from service.events.outcome import FailureReason
from service.settings import Settings
from service.stream.connection import BadConnection
from service.stream.dead_letter import DeadLetter
from service.stream.replay import Chosen, OffsetRange, Replay, Selection

STAGES = ("decode", "read", "fold")

_RANGE = re.compile(r"(\d+):(\d*)(-?)(\d*)", re.ASCII)
_AGO = re.compile(r"(\d+)([smhd])", re.ASCII)
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


class _Time(click.ParamType):
    """A time to milliseconds since the epoch: RFC 3339, or how long ago."""

    name = "time"

    def convert(self, value: object, param: object, ctx: object) -> int:
        """Milliseconds since the epoch; a usage error for anything else."""
        text = str(value)
        if ago := _AGO.fullmatch(text):
            span = timedelta(**{_UNITS[ago[2]]: int(ago[1])})
            return int((datetime.now(UTC) - span).timestamp() * 1000)
        try:
            time = datetime.fromisoformat(text)
        except ValueError:
            self.fail(f"{text!r} is no RFC 3339 time, and not as 30m, 6h or 2d ago")
        return int((time if time.tzinfo else time.replace(tzinfo=UTC)).timestamp() * 1000)


class _Range(click.ParamType):
    """Offsets of a partition: `3:100-200`, `3:100-`, `3:100`, `3:`."""

    name = "range"

    def convert(self, value: object, param: object, ctx: object) -> OffsetRange:
        """The range; a usage error for anything else."""
        text = str(value)
        found = _RANGE.fullmatch(text)
        if found is None:
            self.fail(f"{text!r} is not as 3:100-200, 3:100-, 3:100 or 3:")
        partition, first, dash, last = found.groups()
        if first and not dash:
            last = first
        made = OffsetRange(int(partition), int(first or 0), int(last) if last else None)
        if made.last is not None and made.last < made.first:
            self.fail(f"{text!r} ends before it begins")
        return made


@click.command()
@click.option(
    "--reason",
    "reasons",
    multiple=True,
    type=click.Choice([reason.value for reason in FailureReason]),
)
@click.option("--stage", "stages", multiple=True, type=click.Choice(STAGES))
@click.option("--since", type=_Time(), help="Of the page's own record: RFC 3339, or as 6h ago.")
@click.option("--until", type=_Time(), help="Before this time.")
@click.option(
    "--offsets",
    "ranges",
    multiple=True,
    type=_Range(),
    help="Of pages.failed, as PARTITION:FIRST-LAST, PARTITION:FIRST- or PARTITION:.",
)
@click.option("--limit", type=click.IntRange(min=1), help="At most so many.")
@click.option("--rate", type=click.FloatRange(min=0, min_open=True), help="Pages a second.")
@click.option("--dry-run", is_flag=True, help="Only print what would go.")
def command(
    reasons: tuple[str, ...],
    stages: tuple[str, ...],
    since: int | None,
    until: int | None,
    ranges: tuple[OffsetRange, ...],
    limit: int | None,
    rate: float | None,
    dry_run: bool,
) -> None:
    """Put pages from pages.failed back to pages.raw (or articles.extracted, if FOLD failed).

    Without options, all of them. Key, value, headers and timestamp are the original ones; the
    error's headers are gone, and copydesk-attempts counts on. Each page goes back once, by its
    newest failure, so a second run does no harm: what has its outcome gets the same ids again, or
    is "unchanged". A line is printed for each page, a summary at the end.

    Exit codes: 0 when done, also if there was nothing to do; 1 when the broker cannot be reached
    or refuses a page; 2 for a bad option.
    """
    settings = load_settings()
    selection = Selection(frozenset(reasons), frozenset(stages), since, until, ranges, limit)
    gone: Counter[str] = Counter()
    try:
        chosen = asyncio.run(_replay(selection, settings, rate, dry_run, gone))
    except (KafkaError, BadConnection) as error:
        _sum_up(gone, dry_run)
        raise click.ClickException(f"{settings.brokers}: {error}") from error
    except KeyboardInterrupt:
        _sum_up(gone, dry_run)
        raise click.Abort from None
    _sum_up(gone, dry_run)
    left = chosen.inputs - gone.total()
    again = chosen.letters - chosen.inputs
    click.echo(f"{left} other pages were left; {again} letters were earlier failures", err=True)


async def _replay(
    selection: Selection, settings: Settings, rate: float | None, dry_run: bool, gone: Counter[str]
) -> Chosen:
    old = 0
    retention = timedelta(hours=settings.raw_retention_hours)
    oldest = int((datetime.now(UTC) - retention).timestamp() * 1000)
    async with Replay(selection, settings) as replay:
        chosen = await replay.choose()
        letters = replay.chosen(chosen) if dry_run else replay.put_back(chosen, rate)
        async for letter in letters:
            gone[letter.reason] += 1
            old += letter.timestamp < oldest
            click.echo(_line(letter))
    if old:
        click.echo(
            f"Warning: {old} of them are older than COPYDESK_RAW_RETENTION_HOURS; the broker may"
            " delete them within minutes, so a worker should be running",
            err=True,
        )
    return chosen


def _line(letter: DeadLetter) -> str:
    key = (letter.key or b"-").decode("utf-8", "replace")
    return printable(
        f"{letter.partition}:{letter.offset}  {letter.reason}  {letter.stage}"
        f"  attempt {letter.attempts}  {key}  {letter.message}"
    )


def _sum_up(gone: Counter[str], dry_run: bool) -> None:
    reasons = ", ".join(f"{count} {reason}" for reason, count in gone.most_common())
    what = "would be put back" if dry_run else "put back"
    click.echo(f"{gone.total()} pages {what}" + (f": {reasons}" if reasons else ""), err=True)
