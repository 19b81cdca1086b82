"""A page of a list in each format."""

import csv
import io

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from service.desk.views.export_formats import NEVER, Entry, Listing, as_atom, as_csv, as_json

ORIGIN = "http://127.0.0.1:8067"


def listing(title: str = "t", **row: object) -> Listing:
    entry = Entry("urn:x:1", title, "2026-03-10T06:00:00Z", "/story/1", title, "")
    return Listing(
        title=title,
        columns=list(row),
        rows=[row],
        entries=[entry],
        total=1,
        page=2,
        pages=3,
        links={"self": "/s.atom?page=2", "alternate": "/?page=2", "next": "/s.atom?page=3"},
    )


def test_json_names_the_next_page_and_no_other() -> None:
    found = orjson.loads(as_json(listing(a=None)))
    assert (found["next"], "prev" in found, found["items"]) == (
        "/s.atom?page=3",
        False,
        [{"a": None}],
    )


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (0, "0"),
        (-1, "-1"),
        (True, "true"),
        ("=1+1", "'=1+1"),
        ("@x", "'@x"),
        ('a "b",\nc', 'a "b",\nc'),
        ({"spun": 2, "edited": 1}, "spun=2 edited=1"),
    ],
)
def test_cells(value: object, cell: str) -> None:
    assert list(csv.reader(io.StringIO(as_csv(listing(a=value)).decode()))) == [["a"], [cell]]


@given(st.text(max_size=40))
def test_a_feed_is_well_formed_whatever_was_crawled(title: str) -> None:
    feed = etree.fromstring(as_atom(listing(title), ORIGIN))
    assert len(feed.findall("{*}entry")) == 1
    relations = {link.get("rel"): link.get("href") for link in feed.findall("{*}link")}
    assert relations["next"] == f"{ORIGIN}/s.atom?page=3"


def test_a_feed_without_entries_has_a_time() -> None:
    empty = Listing("t", (), (), (), 0, 1, 1, {"self": "/s.atom"})
    assert etree.fromstring(as_atom(empty, ORIGIN)).findtext("{*}updated") == NEVER
