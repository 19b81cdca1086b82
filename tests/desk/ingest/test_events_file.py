"""A desk over what `copydesk fold` wrote."""

import asyncio
import gzip
from pathlib import Path

import pytest

from service.contract.record import Record, Topic
from service.desk.change_feed import ChangeFeed
from service.desk.ingest.events_file import EventsReader, UnreadableEvents, arrived_in
from service.desk.ingest.record import Arrived
from service.desk.queries.facets import load_counts
from service.desk.read_model import ReadModel
from service.local.json_record import json_line
from tests.desk.records import article, failure, rejection, state

RECORDS = (
    article("https://wire.example/bridge"),
    state(),
    rejection("https://a.example/1"),
    failure("https://b.example/1"),
)


def line(record: Arrived) -> bytes:
    return json_line(
        Record(topic=record.topic, key=record.key, value=record.value, headers=record.headers)
    )


def written(folder: Path, name: str = "events.jsonl") -> Path:
    path = folder / name
    text = b"".join(map(line, RECORDS))
    path.write_bytes(gzip.compress(text) if name.endswith(".gz") else text)
    return path


@pytest.mark.parametrize("name", ["events.jsonl", "events.jsonl.gz"])
def test_records_are_read_as_they_were_written(tmp_path: Path, name: str) -> None:
    found = list(arrived_in(written(tmp_path, name)))
    assert [each.topic for each in found] == [each.topic for each in RECORDS]
    assert [each.headers for each in found] == [each.headers for each in RECORDS]
    assert [each.value for each in found] == [each.value for each in RECORDS]


def test_other_topics_are_left_out(tmp_path: Path) -> None:
    path = written(tmp_path)
    internal = json_line(Record(topic=Topic.FOLD_STATE, key=b"k", value=None, headers=()))
    path.write_bytes(internal + path.read_bytes() + b"\n")
    assert [each.offset for each in arrived_in(path)] == [1, 2, 3, 4]


@pytest.mark.parametrize("bad", [b"{}", b"[]", b"no json", b'{"topic": "x"}', b"7"])
def test_a_line_that_is_no_record_is_named(tmp_path: Path, bad: bytes) -> None:
    path = written(tmp_path)
    path.write_bytes(path.read_bytes() + bad + b"\n")
    with pytest.raises(UnreadableEvents, match=r"events.jsonl, line 5"):
        list(arrived_in(path))


def test_a_broken_archive_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, "events.jsonl.gz")
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(UnreadableEvents, match=r"events.jsonl.gz"):
        list(arrived_in(path))


async def test_the_desk_has_the_file(model: ReadModel, tmp_path: Path) -> None:
    change_feed = ChangeFeed(0)
    reader = EventsReader(model, written(tmp_path), change_feed, 1000)
    running = asyncio.create_task(reader.run())
    await change_feed.wait(0)
    counts = await model.read(load_counts)
    assert (counts.stories, counts.articles, counts.rejected, counts.failed) == (1, 1, 1, 1)
    running.cancel()
