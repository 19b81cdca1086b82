"""Files in a watched folder: each complete one once, also after a restart."""

import os
from pathlib import Path

import pytest

from service.local.fed_files import FedFiles, JournalInUse, JournalUnusable
from service.local.watched_folder import WatchedFolder


class Clock:
    """A clock that is set by the test."""

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


def names(watched: WatchedFolder) -> list[str]:
    return [Path(state.path).name for state in watched.look()]


def feed_all(watched: WatchedFolder, fed: FedFiles) -> list[str]:
    states = watched.look()
    for state in states:
        fed.add(state)
    return [Path(state.path).name for state in states]


def test_a_file_counts_when_it_no_longer_grows(folder: Path, tmp_path: Path, clock: Clock) -> None:
    with FedFiles(tmp_path / "fed.jsonl") as fed:
        watched = WatchedFolder(folder, 10.0, fed, clock)
        file = folder / "a.warc"
        file.write_bytes(b"1")
        assert names(watched) == []
        clock.now += 9
        file.write_bytes(b"12")
        assert names(watched) == []
        clock.now += 9
        assert names(watched) == []
        clock.now += 1
        assert names(watched) == ["a.warc"]


def test_a_file_of_the_same_size_that_is_written_anew_waits(
    folder: Path, tmp_path: Path, clock: Clock
) -> None:
    with FedFiles(tmp_path / "fed.jsonl") as fed:
        watched = WatchedFolder(folder, 10.0, fed, clock)
        (folder / "a.warc").write_bytes(b"1")
        names(watched)
        os.utime(folder / "a.warc", ns=(1, 1))
        clock.now += 10
        assert names(watched) == []


def test_a_file_with_a_temporary_name_is_ignored(
    folder: Path, tmp_path: Path, clock: Clock
) -> None:
    with FedFiles(tmp_path / "fed.jsonl") as fed:
        watched = WatchedFolder(folder, 0.0, fed, clock)
        for name in ("a.warc.gz.open", ".b.warc.gz", "c.warc.gz.part", "crawl.log"):
            (folder / name).write_bytes(b"1")
        assert names(watched) == []
        (folder / "a.warc.gz.open").rename(folder / "a.warc.gz")
        assert names(watched) == ["a.warc.gz"]


def test_what_was_fed_is_remembered(folder: Path, tmp_path: Path, clock: Clock) -> None:
    journal = tmp_path / "state" / "fed.jsonl"
    (folder / "day").mkdir()
    (folder / "day" / "a.warc").write_bytes(b"1")
    (folder / "b.jsonl").write_bytes(b"1")
    with FedFiles(journal) as fed:
        assert feed_all(WatchedFolder(folder, 0.0, fed, clock), fed) == ["b.jsonl", "a.warc"]
    with FedFiles(journal) as fed:
        watched = WatchedFolder(folder, 0.0, fed, clock)
        assert names(watched) == []
        (folder / "b.jsonl").write_bytes(b"another")
        assert names(watched) == ["b.jsonl"]


def test_a_line_cut_by_a_crash_affects_only_its_file(
    folder: Path, tmp_path: Path, clock: Clock
) -> None:
    journal = tmp_path / "fed.jsonl"
    for name in ("a.warc", "b.warc", "c.warc"):
        (folder / name).write_bytes(b"1")
    with FedFiles(journal) as fed:
        feed_all(WatchedFolder(folder, 0.0, fed, clock), fed)
    journal.write_bytes(journal.read_bytes()[:-20])
    with FedFiles(journal) as fed:
        assert feed_all(WatchedFolder(folder, 0.0, fed, clock), fed) == ["c.warc"]
    with FedFiles(journal) as fed:
        assert names(WatchedFolder(folder, 0.0, fed, clock)) == []


def test_a_journal_is_locked(tmp_path: Path) -> None:
    journal = tmp_path / "fed.jsonl"
    with FedFiles(journal), pytest.raises(JournalInUse), FedFiles(journal):
        pass


def test_an_unusable_journal_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(JournalUnusable, match="directory"), FedFiles(tmp_path):
        pass
