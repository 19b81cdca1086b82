"""The file that `copydesk fold` writes: lines of JSON, or tables."""

import os
import sys
from pathlib import Path

import click
import pyarrow.parquet as pq
import pytest

from service.cli.output_file import UnwritableOutput, check_ending, output_file, record_output
from service.contract.record import Record, Topic
from service.local.fold_output import records_of
from service.local.json_record import json_line
from service.local.read_files import InputLimits
from tests.cli.running import copydesk
from tests.local.stored import ferry_pages, write_events

PUBLIC = (Topic.ARTICLES, Topic.STORIES)


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> list[Record]:
    """Three articles in two stories, as they are written."""
    path = write_events(tmp_path_factory.mktemp("folded") / "events.jsonl", ferry_pages())
    return [each for each in records_of(path, InputLimits()) if each.topic in PUBLIC]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def rows(path: Path) -> int:
    return int(pq.read_metadata(path).num_rows)


def test_a_file_has_its_name_once_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "x.jsonl"
    with output_file(target) as sink:
        sink.write(b"1")
        assert names(tmp_path) == ["x.jsonl.part"]
    assert target.read_bytes() == b"1"
    assert names(tmp_path) == ["x.jsonl"]


def test_records_are_lines_in_a_file_of_lines(tmp_path: Path, records: list[Record]) -> None:
    with record_output(tmp_path / "x.jsonl") as write:
        for record in records:
            write(record)
    assert (tmp_path / "x.jsonl").read_bytes() == b"".join(map(json_line, records))


def test_records_are_rows_of_two_tables(tmp_path: Path, records: list[Record]) -> None:
    with record_output(tmp_path / "crawl.parquet") as write:
        for record in records:
            write(record)
        assert names(tmp_path) == ["crawl.parquet.part", "crawl.stories.parquet.part"]
    assert names(tmp_path) == ["crawl.parquet", "crawl.stories.parquet"]
    assert rows(tmp_path / "crawl.parquet") == 3
    assert rows(tmp_path / "crawl.stories.parquet") == 2


@pytest.mark.parametrize("error", [KeyboardInterrupt, UnwritableOutput("lost")])
def test_what_came_before_an_error_stays_in_the_parts(
    tmp_path: Path, records: list[Record], error: BaseException | type[BaseException]
) -> None:
    (tmp_path / "crawl.parquet").write_bytes(b"of yesterday")

    def interrupted() -> None:
        with record_output(tmp_path / "crawl.parquet") as write:
            for record in records[:2]:
                write(record)
            raise error

    with pytest.raises((KeyboardInterrupt, UnwritableOutput)):
        interrupted()
    assert (tmp_path / "crawl.parquet").read_bytes() == b"of yesterday"
    assert rows(tmp_path / "crawl.parquet.part") == 1
    assert rows(tmp_path / "crawl.stories.parquet.part") == 1


@pytest.mark.parametrize("name", ["no/such/folder/x.parquet", "no/such/folder/x.jsonl"])
def test_a_place_that_cannot_be_written_is_told_before_anything_is_read(
    tmp_path: Path, name: str
) -> None:
    with pytest.raises(UnwritableOutput, match="No such file"), record_output(tmp_path / name):
        raise AssertionError("the block was entered")


def test_a_pipe_is_written_as_it_is(records: list[Record]) -> None:
    reading, writing = os.pipe()
    with record_output(Path(f"/dev/fd/{writing}")) as write:
        write(records[0])
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        assert pipe.read() == json_line(records[0])


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_told_in_a_line(records: list[Record], tmp_path: Path) -> None:
    full = tmp_path / "full.jsonl"
    full.symlink_to("/dev/full")

    def filled() -> None:
        with record_output(full) as write:
            for _ in range(100):
                write(records[0])

    with pytest.raises(UnwritableOutput, match="No space left"):
        filled()


@pytest.mark.parametrize("name", ["x", "x.json", "x.jsonl", "x.NDJSON", "x.parquet", "x.PARQUET"])
def test_these_endings_are_taken(name: str) -> None:
    check_ending(Path(name))


@pytest.mark.parametrize("name", ["x.csv", "x.jsonl.gz", "x.docx"])
def test_other_endings_are_refused(name: str) -> None:
    with pytest.raises(click.UsageError, match=r"\.jsonl.*\.parquet"):
        check_ending(Path(name))


def test_without_its_library_parquet_is_refused_with_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(click.UsageError, match=r"pip install 'copydesk\[parquet\]'"):
        check_ending(Path("x.parquet"))


def test_tables_have_no_internal_records() -> None:
    with pytest.raises(click.UsageError, match="--internal"):
        check_ending(Path("x.parquet"), internal=True)


def test_lines_need_no_further_library(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, records: list[Record]
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    check_ending(tmp_path / "x.jsonl", internal=True)
    with record_output(tmp_path / "x.jsonl") as write:
        write(records[0])
    assert (tmp_path / "x.jsonl").read_bytes().count(b"\n") == 1


def test_fold_writes_tables(tmp_path: Path, shared_data: Path) -> None:
    article, output = shared_data / "seed" / "spun.txt", tmp_path / "crawl.parquet"
    done = copydesk("fold", "--jobs", "1", str(article), "-o", str(output))
    assert done.returncode == 0, done.stderr
    assert (rows(output), rows(tmp_path / "crawl.stories.parquet")) == (1, 1)
    assert done.stdout == ""
