"""Which entries of a table of publishers no page belongs to any more, and which hosts have none."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from service.read.publishers import Entry, PublisherTable

MONTH = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Unseen:
    """An entry of which no host was seen for a month before the newest page.

    Attributes:
        last: when one was seen last; None if none ever was.
    """

    entry: Entry
    last: datetime | None


@dataclass(frozen=True, slots=True)
class Seen:
    """The table beside the hosts that were seen.

    Attributes:
        newest: time of the newest page; None if no host has a time.
        unseen: in the order of the table.
        without_entry: hosts without an entry, ascending.
    """

    newest: datetime | None
    unseen: tuple[Unseen, ...]
    without_entry: tuple[str, ...]


def compare_with_hosts(
    table: PublisherTable, entries: list[Entry], hosts: Mapping[str, str]
) -> Seen:
    """Compare a table with the hosts that were seen.

    Args:
        hosts: when each was seen last: a time in RFC 3339, the hour in UTC, or "".
    """
    times = {host: _time(text) for host, text in hosts.items()}
    newest = max((time for time in times.values() if time is not None), default=None)
    last: dict[str, datetime | None] = {}
    without: list[str] = []
    for host, time in sorted(times.items()):
        covering = table.entry_host(host)
        if covering is None:
            without.append(host)
        elif (before := last.get(covering)) is None or (time is not None and time > before):
            last[covering] = time
    unseen = tuple(
        Unseen(entry, last.get(entry.host))
        for entry in entries
        if entry.host not in last or _is_old(last[entry.host], newest)
    )
    return Seen(newest, unseen, tuple(without))


def _is_old(time: datetime | None, newest: datetime | None) -> bool:
    return time is not None and newest is not None and newest - time > MONTH


def _time(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(f"{text}:00" if len(text) == len("2026-03-10T14") else text)
    except ValueError:
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
