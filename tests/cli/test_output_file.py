"""The file that `copydesk fold` writes: lines of JSON, or tables."""

import gzip
import io
import sys
from pathlib import Path

import click
import pyarrow.parquet as pq
import pytest

from service.cli.output_file import UnwritableOutput, check_ending, output_file, record_output
from service.contract.record import Record
from service.local.last_records import LastRecords
from tests.cli.running import copydesk
from tests.deploy.folded_sample import sample_lines, sample_records


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


def test_records_are_lines_in_a_file_of_lines(tmp_path: Path) -> None:
    with record_output(tmp_path / "x.jsonl") as write:
        for record in sample_records():
            write(record)
    assert (tmp_path / "x.jsonl").read_bytes() == sample_lines()


def test_records_are_rows_of_two_tables(tmp_path: Path) -> None:
    with record_output(tmp_path / "crawl.parquet") as write:
        for record in sample_records():
            write(record)
        assert names(tmp_path) == ["crawl.parquet.part", "crawl.stories.parquet.part"]
    assert names(tmp_path) == ["crawl.parquet", "crawl.stories.parquet"]
    last = LastRecords(io.BytesIO())
    for record in sample_records():
        last.add(record)
    assert rows(tmp_path / "crawl.parquet") == len(list(last.articles()))
    assert rows(tmp_path / "crawl.stories.parquet") == len(list(last.stories()))


@pytest.mark.parametrize("error", [KeyboardInterrupt, UnwritableOutput("lost")])
def test_what_came_before_an_error_stays_in_the_parts(
    tmp_path: Path, error: BaseException | type[BaseException]
) -> None:
    (tmp_path / "crawl.parquet").write_bytes(b"of yesterday")

    def interrupted() -> None:
        with record_output(tmp_path / "crawl.parquet") as write:
            for record in sample_records()[:20]:
                write(record)
            raise error

    with pytest.raises((KeyboardInterrupt, UnwritableOutput)):
        interrupted()
    assert (tmp_path / "crawl.parquet").read_bytes() == b"of yesterday"
    assert rows(tmp_path / "crawl.parquet.part") > 5
    assert rows(tmp_path / "crawl.stories.parquet.part") > 2


@pytest.mark.parametrize("name", ["no/such/folder/x.parquet", "no/such/folder/x.jsonl"])
def test_a_place_that_cannot_be_written_is_told_before_anything_is_read(
    tmp_path: Path, name: str
) -> None:
    with pytest.raises(UnwritableOutput, match="No such file"), record_output(tmp_path / name):
        raise AssertionError("the block was entered")


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


def test_lines_need_no_further_library(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    check_ending(tmp_path / "x.jsonl", internal=True)
    record: Record = sample_records()[0]
    with record_output(tmp_path / "x.jsonl") as write:
        write(record)
    assert (tmp_path / "x.jsonl").read_bytes().count(b"\n") == 1


def test_fold_writes_tables(tmp_path: Path, shared_data: Path) -> None:
    output = tmp_path / "crawl.parquet"
    done = copydesk("fold", "--jobs", "1", str(shared_data / "seed"), "-o", str(output))
    assert done.returncode == 0, done.stderr
    assert (rows(output), rows(tmp_path / "crawl.stories.parquet")) == (3, 2)
    broken = tmp_path / "cut.jsonl.gz"
    broken.write_bytes(gzip.compress(b'{"url": "https://a.example/"}\n' * 100)[:60])
    before = output.read_bytes()
    done = copydesk("fold", "--jobs", "1", str(broken), "-o", str(output))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert output.read_bytes() == before
