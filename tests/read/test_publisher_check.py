"""Entries that no page belongs to any more, and hosts without an entry."""

from datetime import UTC, datetime

from service.read.publisher_check import Seen, compare_with_hosts
from service.read.publishers import read_entries, read_table

TABLE = b"""host,publisher
a.example,A
sport.a.example,Sport
b.example,B
c.example,C
"""


def compared(hosts: dict[str, str]) -> Seen:
    entries, _ = read_entries(TABLE, is_json=False)
    return compare_with_hosts(read_table(TABLE, is_json=False), entries, hosts)


def test_entries_not_seen_for_a_month_are_named() -> None:
    seen = compared(
        {
            "www.a.example": "2026-03-10T14:00:00+01:00",
            "b.example": "2026-01-05T08",
            "old.b.example": "2026-01-02T08",
            "sport.a.example": "2026-02-20T00:00:00Z",
            "elsewhere.example": "2026-03-01T00",
        }
    )
    assert seen.newest == datetime(2026, 3, 10, 13, tzinfo=UTC)
    assert [(each.entry.host, each.last) for each in seen.unseen] == [
        ("b.example", datetime(2026, 1, 5, 8, tzinfo=UTC)),
        ("c.example", None),
    ]
    assert seen.without_entry == ("elsewhere.example",)


def test_a_host_without_a_time_was_seen() -> None:
    seen = compared({"a.example": "", "sport.a.example": "", "b.example": "?", "c.example": ""})
    assert (seen.newest, seen.unseen) == (None, ())


def test_without_hosts_every_entry_is_unseen() -> None:
    assert len(compared({}).unseen) == 4
