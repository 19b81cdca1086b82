"""Files that land in a folder: each finished one once, also after a restart."""

import os
from pathlib import Path

import pytest

from service.local.fed_files import FedFiles, JournalInUse, JournalUnusable
from service.local.landing import Landing


class Clock:
    """Time that passes when told."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "warcs").mkdir()
    return tmp_path / "warcs"


def names(landing: Landing) -> list[str]:
    return [Path(state.path).name for state in landing.look()]


def feed_all(landing: Landing, fed: FedFiles) -> list[str]:
    states = landing.look()
    for state in states:
        fed.enter(state)
    return [Path(state.path).name for state in states]


def test_a_file_counts_when_it_no_longer_grows(folder: Path, tmp_path: Path, clock: Clock) -> None:
    with FedFiles(tmp_path / "fed.jsonl") as fed:
        landing = Landing(folder, 10.0, fed, clock)
        file = folder / "a.warc"
        file.write_bytes(b"1")
        assert names(landing) == []
        clock.now += 9
        file.write_bytes(b"12")
        assert names(landing) == []
        clock.now += 9
        assert names(landing) == []
        clock.now += 1
        assert names(landing) == ["a.warc"]


def test_a_file_of_the_same_size_that_is_written_anew_waits(
    folder: Path, tmp_path: Path, clock: Clock
) -> None:
    with FedFiles(tmp_path / "fed.jsonl") as fed:
        landing = Landing(folder, 10.0, fed, clock)
        (folder / "a.warc").write_bytes(b"1")
        names(landing)
        os.utime(folder / "a.warc", ns=(1, 1))
        clock.now += 10
        assert names(landing) == []


def test_a_file_under_a_name_of_work_in_progress_is_passed_over(
    folder: Path, tmp_path: Path, clock: Clock
) -> None:
    with FedFiles(tmp_path / "fed.jsonl") as fed:
        landing = Landing(folder, 0.0, fed, clock)
        for name in ("a.warc.gz.open", ".b.warc.gz", "c.warc.gz.part", "crawl.log"):
            (folder / name).write_bytes(b"1")
        assert names(landing) == []
        (folder / "a.warc.gz.open").rename(folder / "a.warc.gz")
        assert names(landing) == ["a.warc.gz"]


def test_what_was_fed_is_remembered(folder: Path, tmp_path: Path, clock: Clock) -> None:
    journal = tmp_path / "state" / "fed.jsonl"
    (folder / "day").mkdir()
    (folder / "day" / "a.warc").write_bytes(b"1")
    (folder / "b.jsonl").write_bytes(b"1")
    with FedFiles(journal) as fed:
        assert feed_all(Landing(folder, 0.0, fed, clock), fed) == ["b.jsonl", "a.warc"]
    with FedFiles(journal) as fed:
        landing = Landing(folder, 0.0, fed, clock)
        assert names(landing) == []
        (folder / "b.jsonl").write_bytes(b"another")
        assert names(landing) == ["b.jsonl"]


def test_a_line_that_a_crash_cut_short_costs_only_its_file(
    folder: Path, tmp_path: Path, clock: Clock
) -> None:
    journal = tmp_path / "fed.jsonl"
    for name in ("a.warc", "b.warc", "c.warc"):
        (folder / name).write_bytes(b"1")
    with FedFiles(journal) as fed:
        feed_all(Landing(folder, 0.0, fed, clock), fed)
    journal.write_bytes(journal.read_bytes()[:-20])
    with FedFiles(journal) as fed:
        assert feed_all(Landing(folder, 0.0, fed, clock), fed) == ["c.warc"]
    with FedFiles(journal) as fed:
        assert names(Landing(folder, 0.0, fed, clock)) == []


def test_a_journal_is_held_by_one(tmp_path: Path) -> None:
    journal = tmp_path / "fed.jsonl"
    with FedFiles(journal), pytest.raises(JournalInUse), FedFiles(journal):
        pass


def test_a_journal_that_cannot_be_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(JournalUnusable, match="directory"), FedFiles(tmp_path):
        pass
