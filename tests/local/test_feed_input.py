"""What a feed writes: from where an earlier one ended, in a period, in order of fetch."""

import gzip
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from service.contract.record import InputMessage
from service.local.fed_files import FedFiles
from service.local.feed_input import FeedInput, FeedOptions, Period
from service.local.inputs.found_file import find_files
from service.local.read_files import UnreadableInput
from tests.read.envelopes.test_warc import record


def write_jsonl(path: Path, *pages: tuple[str, str | None]) -> None:
    lines = [
        f'{{"url": "https://a.example/{name}", "text": "<p>{name}</p>"'
        + (f', "fetched_at": "2026-10-{time}Z"' if time else "")
        + "}\n"
        for name, time in pages
    ]
    path.write_text("".join(lines))


def page_names(messages: Iterator[InputMessage] | list[InputMessage]) -> list[str]:
    return [(message.key or b"").decode().rpartition("/")[2] for message in messages]


class Feeding:
    """Feeds of a folder, one after the other, with one journal."""

    def __init__(self, folder: Path, journal: Path) -> None:
        self.folder = folder
        self.journal = journal
        self.reports: list[str] = []
        self.stopped = False

    @contextmanager
    def begun(self, options: FeedOptions | None = None, purpose: str = "") -> Iterator[FeedInput]:
        self.stopped = False
        with FedFiles(self.journal, purpose) as journal:
            yield FeedInput(
                list(find_files([self.folder])),
                journal,
                options or FeedOptions(),
                lambda: self.stopped,
                self.reports.append,
            )

    def feed(
        self, most: int | None = None, options: FeedOptions | None = None, purpose: str = ""
    ) -> list[str]:
        """Feed so many pages, save, and end as a killed process would; return their names."""
        fed: list[InputMessage] = []
        with self.begun(options, purpose) as source:
            for message in source.messages(lambda count: None):
                if len(fed) == most:
                    break
                fed.append(message)
                source.acknowledge(message)
            source.save()
        return page_names(fed)


@pytest.fixture
def feeding(tmp_path: Path) -> Feeding:
    (tmp_path / "files").mkdir()
    return Feeding(tmp_path / "files", tmp_path / "journal.jsonl")


IN_ORDER = FeedOptions(in_order=True)


def test_a_feed_goes_on_after_the_last_page_that_was_saved(feeding: Feeding) -> None:
    write_jsonl(feeding.folder / "a.jsonl", ("a1", None), ("a2", None), ("a3", None))
    write_jsonl(feeding.folder / "b.jsonl", ("b1", None), ("b2", None))
    assert feeding.feed(2) == ["a1", "a2"]
    assert feeding.feed(2) == ["a3", "b1"]
    assert feeding.feed() == ["b2"]
    assert feeding.feed() == []


def test_positions_count_records_of_an_archive_that_are_no_pages_too(feeding: Feeding) -> None:
    urls = [f"https://a.example/{n}" for n in range(4)]
    broken = gzip.compress(b"WARC/1.0\r\nContent-Length: no\r\n\r\n")
    content = [record("warcinfo", gzip=True), *(record(url=url, gzip=True) for url in urls)]
    (feeding.folder / "a.warc.gz").write_bytes(b"".join([*content[:3], broken, *content[3:]]))
    assert feeding.feed(3) == ["0", "1", ""], "the broken record is fed too"
    assert feeding.feed() == ["2", "3"]


def test_pages_that_were_not_acknowledged_come_again_with_the_same_headers(
    feeding: Feeding,
) -> None:
    write_jsonl(feeding.folder / "a.jsonl", ("a1", None), ("a2", None), ("a3", None))
    with feeding.begun() as source:
        first = list(source.messages(lambda count: None))
        source.acknowledge(first[0])
        source.save()
        assert not source.is_fed
    with feeding.begun() as source:
        again = list(source.messages(lambda count: None))
    assert again == first[1:]
    traces = {message.header("traceparent") for message in first}
    assert len(traces) == 3


def test_a_file_is_fed_to_its_end_when_its_last_page_is_acknowledged(feeding: Feeding) -> None:
    write_jsonl(feeding.folder / "a.jsonl", ("a1", None), ("a2", None))
    with feeding.begun() as source:
        for message in source.messages(lambda count: None):
            source.acknowledge(message)
        assert source.is_fed
        source.save()
    with feeding.begun() as source:
        assert (source.files_before, source.total_bytes) == (1, 0)


def test_a_stopped_feed_does_not_count_the_file_as_read(feeding: Feeding) -> None:
    write_jsonl(feeding.folder / "a.jsonl", ("a1", None), ("a2", None))
    with feeding.begun() as source:
        for message in source.messages(lambda count: None):
            source.acknowledge(message)
            feeding.stopped = True
        source.save()
        assert not source.is_fed
    assert feeding.feed() == ["a2"]


def test_a_file_that_changed_is_fed_from_its_start_and_that_is_reported(feeding: Feeding) -> None:
    file = feeding.folder / "a.jsonl"
    write_jsonl(file, ("a1", None), ("a2", None))
    feeding.feed(1)
    os.utime(file, ns=(1, 1))
    assert feeding.feed() == ["a1", "a2"]
    assert feeding.reports == [f"{file} has changed since a part of it was fed; fed from its start"]


def test_the_journal_of_another_purpose_does_not_count(feeding: Feeding) -> None:
    write_jsonl(feeding.folder / "a.jsonl", ("a1", None), ("a2", None))
    feeding.feed(1, purpose="one")
    assert feeding.feed(purpose="another") == ["a1", "a2"]
    assert feeding.feed(purpose="one") == ["a2"]


def test_only_pages_of_the_period_are_fed(feeding: Feeding) -> None:
    write_jsonl(
        feeding.folder / "a.jsonl",
        ("before", "01T23:59:59"),
        ("first", "02T00:00:00"),
        ("undated", None),
        ("last", "02T23:59:59"),
        ("after", "03T00:00:00"),
    )
    period = Period(datetime(2026, 10, 2, tzinfo=UTC), datetime(2026, 10, 3, tzinfo=UTC))
    with feeding.begun(FeedOptions(period)) as source:
        messages = list(source.messages(lambda count: None))
        assert page_names(messages) == ["first", "undated", "last"]
        assert (source.left_out, source.undated) == (2, 1)
        source.acknowledge(messages[-1])
        source.save()
    assert feeding.feed(options=FeedOptions(period)) == []


def test_a_file_with_no_page_of_the_period_is_done(feeding: Feeding) -> None:
    write_jsonl(feeding.folder / "a.jsonl", ("a1", "01T00:00:00"))
    options = FeedOptions(Period(since=datetime(2026, 10, 2, tzinfo=UTC)))
    assert feeding.feed(options=options) == []
    with feeding.begun(options) as source:
        assert source.files_before == 1


def test_files_are_merged_by_time_of_fetch_and_go_on_so(feeding: Feeding) -> None:
    write_jsonl(feeding.folder / "a.jsonl", ("a1", "01T01:00:00"), ("a4", "01T04:00:00"))
    write_jsonl(feeding.folder / "b.jsonl", ("b2", "01T02:00:00"), ("b5", "01T05:00:00"))
    write_jsonl(feeding.folder / "c.jsonl", ("c3", "01T03:00:00"), ("c6", "01T06:00:00"))
    assert feeding.feed(3, IN_ORDER) == ["a1", "b2", "c3"]
    assert feeding.feed(2, IN_ORDER) == ["a4", "b5"]
    assert feeding.feed(None, IN_ORDER) == ["c6"]
    assert feeding.reports == []


def test_the_journal_is_due_before_an_address_that_it_does_not_have(feeding: Feeding) -> None:
    write_jsonl(feeding.folder / "a.jsonl", ("x", None), ("y", None), ("x", None), ("x", None))
    with feeding.begun() as source:
        first, other, again, once_more = source.messages(lambda count: None)
        assert not source.is_due_before(first)
        assert not source.is_due_before(other)
        source.acknowledge(other)
        source.save()
        assert not source.is_due_before(again), "the first is in the journal"
        source.save()
        assert source.is_due_before(once_more), "not acknowledged, so not in the journal"


def test_without_a_journal_nothing_is_due(feeding: Feeding) -> None:
    write_jsonl(feeding.folder / "a.jsonl", ("x", None), ("x", None))
    files = list(find_files([feeding.folder]))
    source = FeedInput(files, None, FeedOptions(), lambda: False, feeding.reports.append)
    assert [source.is_due_before(each) for each in source.messages(lambda count: None)] == [
        False,
        False,
    ]


def test_a_file_that_goes_away_is_unreadable(feeding: Feeding) -> None:
    write_jsonl(feeding.folder / "a.jsonl", ("a1", None))
    files = list(find_files([feeding.folder]))
    (feeding.folder / "a.jsonl").unlink()
    with pytest.raises(UnreadableInput, match="no such file"):
        FeedInput(files, None, FeedOptions(), lambda: False, feeding.reports.append)
