"""The file of a backup: what the log would give, and a name only for what is complete."""

from pathlib import Path

import pytest

from service.contract.record import Topic
from service.worker.backup.backup_file import Moment, NoBackup, read, write
from service.worker.backup.log_reader import Landmark


def test_it_has_the_last_record_of_each_key_in_the_order_of_writing(tmp_path: Path) -> None:
    with write(tmp_path / "b") as file:
        for key, value in [("article/1", b"1"), ("article/2", b"2"), ("story/3", b"3")]:
            file.put(0, key, value)
        file.put(1, "article/1", b"another shard's")
        file.put(0, "article/2", None)
        file.put(0, "article/1", b"4")
        assert (file.count("article/"), file.count("story/")) == (2, 1)
    with read(tmp_path / "b") as file:
        kept = [(each.key, each.value, each.partition) for each in file.records(0)]
    assert kept == [(b"story/3", b"3", 0), (b"article/1", b"4", 0)]


def test_marks_are_kept_by_moment_topic_and_partition(tmp_path: Path) -> None:
    before, after = Landmark(1, "a"), Landmark(2, "b")
    with write(tmp_path / "b") as file:
        file.put_mark(Moment.BEFORE, Topic.ARTICLES, 3, before)
        file.put_mark(Moment.AFTER, Topic.ARTICLES, 3, after)
    with read(tmp_path / "b") as file:
        assert file.marks(Moment.BEFORE, Topic.ARTICLES) == {3: before}
        assert file.marks(Moment.AFTER, Topic.ARTICLES) == {3: after}
        assert file.marks(Moment.AFTER, Topic.RAW) == {}


def test_one_that_is_interrupted_leaves_the_earlier_one(tmp_path: Path) -> None:
    with write(tmp_path / "b") as file:
        file.set_facts({"shards": "2"})

    def interrupted() -> None:
        with write(tmp_path / "b") as file:
            file.set_facts({"shards": "3"})
            raise RuntimeError("interrupted")

    with pytest.raises(RuntimeError, match="interrupted"):
        interrupted()
    with read(tmp_path / "b") as file:
        assert file.fact("shards") == "2"
    assert [each.name for each in tmp_path.iterdir()] == ["b"]


def test_what_is_no_backup_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no database, " * 100)
    with write(tmp_path / "later") as file:
        file.set_facts({"format": "2"})
    for name in ("text", "later", "missing"):
        with pytest.raises(NoBackup, match=name), read(tmp_path / name):
            pass
