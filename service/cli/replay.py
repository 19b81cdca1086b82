"""`copydesk replay`: put dead letters back on the topic that they came from."""

import asyncio
import re
from collections import Counter
from datetime import UTC, datetime, timedelta

import click
from aiokafka.errors import KafkaError

from service.cli.load_settings import load_settings
from service.cli.say import say, say_json
from service.contract.outcome import FailureReason
from service.settings import Settings
from service.text.printable import one_line
from service.worker.dead_letters.letter import DeadLetter
from service.worker.dead_letters.replay import Chosen, OffsetRange, Replay, Selection
from service.worker.kafka.clients import BadConnection
from service.worker.kafka.reaching import broker_failure

STAGES = ("decode", "read", "fold", "link")

_RANGE = re.compile(r"(\d+):(\d*+)(-?)(\d*)", re.ASCII)
_AGO = re.compile(r"(\d+)([smhd])", re.ASCII)
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


class _Time(click.ParamType):
    """A point in time, given as RFC 3339 or as a duration ago such as `6h`."""

    name = "time"

    def convert(self, value: object, param: object, ctx: object) -> int:
        """Convert to milliseconds since the epoch; anything else is a usage error."""
        text = str(value)
        if ago := _AGO.fullmatch(text):
            span = timedelta(**{_UNITS[ago[2]]: int(ago[1])})
            return int((datetime.now(UTC) - span).timestamp() * 1000)
        try:
            time = datetime.fromisoformat(text)
        except ValueError:
            self.fail(f"{text!r} is neither an RFC 3339 time nor a duration such as 30m, 6h or 2d")
        return int((time if time.tzinfo else time.replace(tzinfo=UTC)).timestamp() * 1000)


class _Range(click.ParamType):
    """A range of offsets in a partition: `3:100-200`, `3:100-`, `3:100` or `3:`."""

    name = "range"

    def convert(self, value: object, param: object, ctx: object) -> OffsetRange:
        """Convert to a range; anything else is a usage error."""
        text = str(value)
        found = _RANGE.fullmatch(text)
        if found is None:
            self.fail(f"{text!r} is not of the form 3:100-200, 3:100-, 3:100 or 3:")
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
    help="Only pages that failed for this reason.",
)
@click.option(
    "--stage",
    "stages",
    multiple=True,
    type=click.Choice(STAGES),
    help="Only pages that failed in this stage.",
)
@click.option(
    "--since",
    type=_Time(),
    help="Only pages whose own record is not older: RFC 3339, or a duration ago such as 6h.",
)
@click.option("--until", type=_Time(), help="Only pages whose own record is older.")
@click.option(
    "--offsets",
    "ranges",
    multiple=True,
    type=_Range(),
    help="Only these offsets of pages.failed: PARTITION:FIRST-LAST, PARTITION:FIRST-,"
    " PARTITION:OFFSET or PARTITION:.",
)
@click.option("--limit", type=click.IntRange(min=1), help="Maximum number of pages.")
@click.option(
    "--rate", type=click.FloatRange(min=0, min_open=True), help="Maximum number of pages a second."
)
@click.option("--dry-run", is_flag=True, help="Only print the pages that would be put back.")
@click.option(
    "--json", "as_json", is_flag=True, help="Print one line of JSON for each page and the summary."
)
def command(
    reasons: tuple[str, ...],
    stages: tuple[str, ...],
    since: int | None,
    until: int | None,
    ranges: tuple[OffsetRange, ...],
    limit: int | None,
    rate: float | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Put pages from pages.failed back on pages.raw (on articles.extracted if FOLD failed, on
    stories.concepts if LINK failed).

    Without options, all pages are put back. Key, value, headers and timestamp are the original
    ones; the headers about the error are removed, and copydesk-attempts continues to count. Each
    page is put back once, from its newest failure. Repeating the command does no harm: pages that
    have an outcome get the same ids again, or are "unchanged". Prints a line for each page, and a
    summary at the end.

    Exit codes: 0 when done, also if there was nothing to do; 1 if the broker cannot be reached or
    refuses a page; 2 for an invalid option; 130 after Ctrl-C. With --json, the summary is a line of
    JSON on standard error.
    """
    settings = load_settings()
    selection = Selection(frozenset(reasons), frozenset(stages), since, until, ranges, limit)
    replayed: Counter[str] = Counter()
    try:
        chosen = asyncio.run(_replay(selection, settings, rate, dry_run, replayed, as_json))
    except (KafkaError, BadConnection) as error:
        _sum_up(replayed, dry_run)
        raise click.ClickException(broker_failure(error, settings)) from error
    except KeyboardInterrupt:
        _sum_up(replayed, dry_run)
        raise click.Abort from None
    left = chosen.inputs - replayed.total()
    again = chosen.letters - chosen.inputs
    if as_json:
        found = {
            "put_back": 0 if dry_run else replayed.total(),
            "would_be_put_back": replayed.total() if dry_run else 0,
            "by_reason": dict(replayed),
            "not_put_back": left,
            "earlier_failures": again,
        }
        say_json(found, err=True)
        return
    _sum_up(replayed, dry_run)
    say(
        f"{left} other pages were not put back; {again} dead letters were earlier failures of the"
        " same pages",
        err=True,
    )


async def _replay(
    selection: Selection,
    settings: Settings,
    rate: float | None,
    dry_run: bool,
    replayed: Counter[str],
    as_json: bool,
) -> Chosen:
    old = 0
    retention = timedelta(hours=settings.raw_retention_hours)
    oldest = int((datetime.now(UTC) - retention).timestamp() * 1000)
    async with Replay(selection, settings) as replay:
        chosen = await replay.choose()
        letters = replay.chosen(chosen) if dry_run else replay.put_back(chosen, rate)
        async for letter in letters:
            replayed[letter.reason] += 1
            old += letter.timestamp < oldest
            if as_json:
                say_json(_as_object(letter))
            else:
                say(_line(letter))
    if old:
        say(
            f"Warning: {old} of these pages are older than COPYDESK_RAW_RETENTION_HOURS. The broker"
            " may delete them within minutes, so a worker should be running.",
            err=True,
        )
    return chosen


def _as_object(letter: DeadLetter) -> dict[str, object]:
    return {
        "partition": letter.partition,
        "offset": letter.offset,
        "reason": letter.reason,
        "stage": letter.stage,
        "attempts": letter.attempts,
        "key": None if letter.key is None else letter.key.decode("utf-8", "replace"),
        "message": letter.message,
    }


def _line(letter: DeadLetter) -> str:
    key = (letter.key or b"-").decode("utf-8", "replace")
    return one_line(
        f"{letter.partition}:{letter.offset}  {letter.reason}  {letter.stage}"
        f"  attempt {letter.attempts}  {key}  {letter.message}"
    )


def _sum_up(replayed: Counter[str], dry_run: bool) -> None:
    reasons = ", ".join(f"{count} {reason}" for reason, count in replayed.most_common())
    what = "would be put back" if dry_run else "put back"
    say(f"{replayed.total()} pages {what}" + (f": {reasons}" if reasons else ""), err=True)
