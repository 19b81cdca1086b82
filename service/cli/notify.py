"""`copydesk notify`: post events that match a query to webhooks."""

import asyncio
import logging
import os
import signal
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click
from aiokafka.errors import KafkaError

from service.cli.exit_codes import FAILED, NotFound
from service.cli.load_settings import load_settings
from service.cli.say import say, say_json, warn
from service.settings import Settings

if TYPE_CHECKING:
    from service.notify.courier import Counts
    from service.notify.run import NotifyOptions
    from service.notify.subscription import Table

logger = logging.getLogger(__name__)

_LOOPBACK = ("127.0.0.1", "::1", "localhost")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--check", is_flag=True, help="Check FILE and the secrets, and end.")
@click.option("--once", is_flag=True, help="End where the topics end now.")
@click.option(
    "--again",
    is_flag=True,
    help="Post the dead letters of these subscriptions again, and end.",
)
@click.option(
    "--from-beginning",
    is_flag=True,
    help="A subscription that is new begins with the oldest event on the topic, not with the next.",
)
@click.option(
    "--group",
    help="Begins the name of each consumer group, which ends with that of the subscription"
    " [default: COPYDESK_GROUP and -notify].",
)
@click.option(
    "--metrics-port",
    type=click.IntRange(0, 65535),
    help="Serve /metrics for Prometheus at COPYDESK_WEB_HOST and this port.",
)
@click.option("--json", "as_json", is_flag=True, help="With --once or --again: print JSON.")
def command(
    file: Path,
    check: bool,
    once: bool,
    again: bool,
    from_beginning: bool,
    group: str | None,
    metrics_port: int | None,
    as_json: bool,
) -> None:
    """Post the events that match the queries in FILE to its webhooks, until Ctrl-C.

    FILE is a table of subscriptions in TOML: name, url, query as in the search box of the desk,
    and where the secret stands. Each event is posted as a CloudEvent, signed as the Standard
    Webhooks are, and again until the receiver takes it; what it does not take is kept on
    notifications.failed.

    Exit codes: 0 when done, and after Ctrl-C without --once; 1 if the broker cannot be reached,
    or with --once or --again if an event became a dead letter; 2 if FILE cannot be used.
    """
    settings = load_settings()
    table, secrets = _load(file)
    _warn_of_plain_text(table)
    if check:
        for each in table.subscription:
            say(f"{each.name}  {each.topic}  {each.shown_url}  {each.query}")
        say(f"{file}: {len(table.subscription)} subscriptions, no mistake")
        return

    from service.notify.run import NotifyOptions

    options = NotifyOptions(
        group=group or f"{settings.group}-notify",
        once=once or again,
        again=again,
        from_beginning=from_beginning,
        metrics_port=metrics_port,
    )
    counts = _run(table, secrets, settings, options)
    if options.once:
        _tell(counts, as_json)
        if any(each.letters for each in counts.values()):
            raise SystemExit(FAILED)


def _load(file: Path) -> "tuple[Table, Mapping[str, tuple[bytes, ...]]]":
    from service.notify.secrets import load_secrets
    from service.notify.subscription import BadSubscriptions, read_table

    try:
        table = read_table(file.read_text(encoding="utf-8"))
        return table, load_secrets(table, file.parent, os.environ)
    except BadSubscriptions as error:
        raise NotFound("\n".join(f"{file}: {line}" for line in error.problems)) from error
    except UnicodeDecodeError as error:
        raise NotFound(f"{file}: is not UTF-8") from error


def _warn_of_plain_text(table: "Table") -> None:
    for each in table.subscription:
        parts = urlsplit(each.url)
        if parts.scheme == "http" and parts.hostname not in _LOOPBACK:
            warn(f"{each.name}: {each.shown_url} is without TLS: who is between can read events")


def _run(
    table: "Table",
    secrets: Mapping[str, tuple[bytes, ...]],
    settings: Settings,
    options: "NotifyOptions",
) -> "Mapping[str, Counts]":
    from service.notify.run import CannotServe, MissingTopic, notify
    from service.worker.kafka.clients import BadConnection
    from service.worker.kafka.reaching import broker_failure
    from service.worker.kafka.topics import TopicsUnavailable
    from service.worker.observe.logs import set_up_logging

    set_up_logging(settings)
    interrupted = False

    async def run() -> "Mapping[str, Counts]":
        stopped = asyncio.Event()

        def stop() -> None:
            nonlocal interrupted
            interrupted = True
            stopped.set()

        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stop)
        return await notify(table, secrets, settings, options, stopped)

    try:
        counts = asyncio.run(run())
    except (TopicsUnavailable, MissingTopic, CannotServe) as error:
        raise click.ClickException(str(error)) from error
    except (KafkaError, BadConnection) as error:
        raise click.ClickException(broker_failure(error, settings)) from error
    if interrupted and options.once:
        raise click.Abort
    return counts


def _tell(counts: "Mapping[str, Counts]", as_json: bool) -> None:
    from service.notify.run import in_words

    for name, each in counts.items():
        if as_json:
            say_json({"subscription": name, **asdict(each)})
        else:
            say(f"{name}: {in_words(each)}")
