"""The operator's table of publishers: hosts and domains, each with its publisher, the publisher's
owner and its country.

The table is CSV with a head line, or a JSON list of objects; the columns are `host` (or `domain`),
`publisher`, and, both may be empty, `owner` and `country`. An entry is valid for its host and for
all hosts under it, unless one of those has an entry of its own. `www.`, `m.` and the like before a
host do not count.
"""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from service.contract.domain import bare_host, is_public_suffix
from service.contract.publisher import Publisher
from service.read.page.url_parsing import ascii_host

_COLUMNS = ("host", "publisher", "owner", "country")
_COUNTRY = re.compile(r"[A-Z]{2}")
_LONGEST = 200  # characters of a name


class BadPublishers(ValueError):
    """The table cannot be used; `problems` has a line for each reason."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the table.

    Attributes:
        row: its number: of the line in CSV, of the object in JSON; both from 1.
        host: in ASCII and lower case, without `www.` and the like.
    """

    row: int
    host: str
    publisher: str
    owner: str | None
    country: str | None


@dataclass(frozen=True, slots=True)
class PublisherTable:
    """The publishers of hosts.

    Attributes:
        by_host: publishers, each with its last owner.
    """

    by_host: Mapping[str, Publisher]

    def entry_host(self, host: str) -> str | None:
        """Return the host of the entry that is valid for a host; None if there is none."""
        while host not in self.by_host:
            _, dot, host = host.partition(".")
            if not dot:
                return None
        return host

    def of(self, host: str) -> Publisher | None:
        """Return the publisher of a host; None if it has no entry."""
        found = self.entry_host(host)
        return None if found is None else self.by_host[found]


def read_table(data: bytes, *, is_json: bool) -> PublisherTable:
    """Return the table of a file.

    Raises:
        BadPublishers: it has no such form, or contradicts itself: a host has two entries, a
            publisher has two owners, or owners own one another.
    """
    entries, problems = read_entries(data, is_json=is_json)
    problems += contradictions(entries)
    if problems:
        raise BadPublishers(tuple(problems))
    owners = {each.publisher: each.owner for each in entries if each.owner is not None}
    return PublisherTable(
        {
            each.host: Publisher(
                name=each.publisher, owner=_last_owner(each.owner, owners), country=each.country
            )
            for each in entries
        }
    )


def read_entries(data: bytes, *, is_json: bool) -> tuple[list[Entry], list[str]]:
    """Return the rows of a file that can be read, and a line about each that cannot."""
    entries: list[Entry] = []
    problems: list[str] = []
    try:
        for row, values in _rows(data, is_json):
            try:
                entries.append(_entry(row, values))
            except ValueError as error:
                problems.append(f"row {row}: {error}")
    except (ValueError, csv.Error) as error:
        problems.append(str(error))
    return entries, problems


def contradictions(entries: list[Entry]) -> list[str]:
    """Return a line for each host with two entries, publisher with two owners, and circle of
    owners."""
    return [*_doubles(entries), *_two_owners(entries), *_circles(entries)]


def _doubles(entries: list[Entry]) -> Iterator[str]:
    first: dict[str, int] = {}
    for each in entries:
        row = first.setdefault(each.host, each.row)
        if row != each.row:
            yield f"row {each.row}: {each.host} has an entry in row {row} already"


def _two_owners(entries: list[Entry]) -> Iterator[str]:
    first: dict[str, Entry] = {}
    for each in entries:
        if each.owner is None:
            continue
        other = first.setdefault(each.publisher, each)
        if other.owner != each.owner:
            yield (
                f"row {each.row}: {each.publisher} is owned by {each.owner}, and by {other.owner}"
                f" in row {other.row}"
            )


def _circles(entries: list[Entry]) -> Iterator[str]:
    owners = {each.publisher: each.owner for each in reversed(entries) if each.owner is not None}
    done: set[str] = set()
    for start in owners:
        path: list[str] = []
        at: str | None = start
        while at is not None and at not in done:
            if at in path:
                yield " is owned by ".join([*path[path.index(at) :], at])
                break
            path.append(at)
            at = owners.get(at)
        done.update(path)


def _last_owner(owner: str | None, owners: Mapping[str, str]) -> str | None:
    while owner is not None and owner in owners:
        owner = owners[owner]
    return owner


def _rows(data: bytes, is_json: bool) -> Iterator[tuple[int, dict[str, object]]]:
    text = data.decode("utf-8-sig")
    if is_json:
        rows = json.loads(text)
        if not isinstance(rows, list) or not all(isinstance(each, dict) for each in rows):
            raise ValueError("the table is no JSON list of objects")
        yield from enumerate(rows, 1)
        return
    lines = csv.DictReader(io.StringIO(text), strict=True)
    head = tuple((name or "").strip().lower() for name in lines.fieldnames or ())
    if "publisher" not in head or not {"host", "domain"} & set(head):
        raise ValueError(f"the first line names no columns {', '.join(_COLUMNS)}")
    lines.fieldnames = list(head)
    for row in lines:
        yield lines.line_num, {name: value for name, value in row.items() if value is not None}


def _entry(row: int, values: dict[str, object]) -> Entry:
    given = {"host": values.get("domain"), **values}
    unknown = sorted(str(name) for name in given.keys() - {*_COLUMNS, "domain"})
    if unknown:
        raise ValueError(f"unknown column {', '.join(unknown)}")
    host, publisher, owner, country = (_text(name, given.get(name)) for name in _COLUMNS)
    if not host or not publisher:
        raise ValueError("host or publisher is empty")
    host = bare_host(ascii_host(host))
    if is_public_suffix(host):
        raise ValueError(f"{host} is no site: everybody can register under it")
    if country and _COUNTRY.fullmatch(country) is None:
        raise ValueError(f"{country!r} is no code of a country of two capitals")
    return Entry(row, host, publisher, owner or None, country or None)


def _text(name: str, value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError(f"{name} is no text")
    text = " ".join(value.split())
    if len(text) > _LONGEST:
        raise ValueError(f"{name} has more than {_LONGEST} characters")
    return text
