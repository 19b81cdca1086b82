"""`copydesk publishers`: print or check the table of publishers."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from service.cli.columns import print_table
from service.cli.load_settings import load_settings
from service.cli.say import say

if TYPE_CHECKING:
    from service.read.publishers import Entry, PublisherTable

_SHOWN = 20  # hosts without an entry


@click.command()
@click.argument(
    "file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--check", is_flag=True, help="Check the table instead of printing it.")
@click.option(
    "--events",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="With --check: compare with the hosts in this output of `copydesk fold`.",
)
@click.option(
    "--desk",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="With --check: compare with the hosts in this database of the desk.",
)
def command(file: Path | None, check: bool, events: Path | None, desk: Path | None) -> None:
    """Print the table of publishers in FILE [default: COPYDESK_PUBLISHERS].

    With --check: name every row that cannot be read, hosts with two entries, publishers with two
    owners and owners in a circle; with --events or --desk also the entries of which no host was
    seen in the month before the newest page, and hosts without an entry. Exit code 1 if a worker
    would refuse the table.
    """
    from service.read.publishers import BadPublishers, contradictions, read_entries, read_table

    if (events or desk) and not check:
        raise click.UsageError("--events and --desk go with --check")
    path = file or load_settings().publishers
    if path is None:
        raise click.UsageError("name a FILE, or set COPYDESK_PUBLISHERS")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise click.ClickException(f"{path}: {error.strerror or error}") from error
    is_json = path.suffix.lower() == ".json"
    entries, problems = read_entries(data, is_json=is_json)
    if not check:
        try:
            read_table(data, is_json=is_json)
        except BadPublishers as error:
            raise click.ClickException(f"{path}: {error}") from error
        print_table(
            ("host", "publisher", "owner", "country"),
            [(each.host, each.publisher, each.owner or "", each.country or "") for each in entries],
        )
        return
    problems += contradictions(entries)
    for line in problems:
        say(line)
    if problems:
        say(f"{path}: {len(problems)} problems: a worker refuses this table")
        sys.exit(1)
    say(f"{path}: {len(entries)} entries, no contradiction")
    if events or desk:
        _compare(read_table(data, is_json=is_json), entries, events, desk)


def _compare(
    table: "PublisherTable", entries: "list[Entry]", events: Path | None, desk: Path | None
) -> None:
    from service.desk.hosts_seen import hosts_in_desk
    from service.desk.read_model import UnusableModel
    from service.local.hosts_seen import hosts_in_events
    from service.local.read_files import UnreadableInput, input_limits
    from service.read.publisher_check import compare_with_hosts

    try:
        hosts = hosts_in_desk(desk) if desk else {}
        if events:
            found = hosts_in_events(events, input_limits(load_settings()))
            hosts |= {host: max(hosts.get(host, ""), time) for host, time in found.items()}
    except (UnreadableInput, UnusableModel) as error:
        raise click.ClickException(str(error)) from error
    seen = compare_with_hosts(table, entries, hosts)
    for each in seen.unseen:
        when = f"not seen since {each.last:%Y-%m-%d}" if each.last else "never seen"
        say(f"row {each.entry.row}: {each.entry.host}: {when}")
    newest = f", the newest page is of {seen.newest:%Y-%m-%d}" if seen.newest else ""
    say(f"{len(hosts)} hosts seen{newest}; {len(seen.unseen)} entries not seen for a month")
    if seen.without_entry:
        count, shown = len(seen.without_entry), ", ".join(seen.without_entry[:_SHOWN])
        say(f"{count} hosts without an entry: {shown}{', ...' if count > _SHOWN else ''}")
