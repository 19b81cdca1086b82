"""The file of the read model: created, kept, rebuilt for another version, refused if it belongs to
another program."""

import sqlite3
from pathlib import Path

import pytest

from service.desk.ingest.batch import ingest_batch, positions
from service.desk.read_model import VERSION, ReadModel, UnusableModel, clear
from tests.desk.records import article


def count(db: sqlite3.Connection, table: str = "articles") -> int:
    return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


async def test_rows_survive_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "desk.sqlite"
    with ReadModel(path) as model:
        record = article("https://a.example/1")
        await model.write(ingest_batch, [record], 10)
    with ReadModel(path) as model:
        assert await model.read(count) == 1
        assert await model.read(positions) == {("articles", 0): record.offset + 1}


async def test_a_file_of_another_version_is_rebuilt(tmp_path: Path) -> None:
    path = tmp_path / "desk.sqlite"
    with ReadModel(path) as model:
        await model.write(ingest_batch, [article("https://a.example/1")], 10)
    other = sqlite3.connect(path)
    other.execute(f"PRAGMA user_version = {VERSION + 1}")
    other.close()
    with ReadModel(path) as model:
        assert await model.read(count) == 0
        assert await model.read(positions) == {}


def test_a_file_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "accounts.sqlite"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE accounts (name)")
    other.close()
    with pytest.raises(UnusableModel, match="another program"):
        ReadModel(path)
    assert sqlite3.connect(path).execute("SELECT count(*) FROM accounts").fetchone() == (0,)


def test_a_damaged_file_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "desk.sqlite"
    path.write_bytes(b"no database at all, only some text of more than a hundred bytes" * 4)
    with pytest.raises(UnusableModel, match="delete it"):
        ReadModel(path)


async def test_a_failed_write_leaves_rows_and_positions_as_they_were(model: ReadModel) -> None:
    def half(db: sqlite3.Connection) -> None:
        ingest_batch(db, [article("https://a.example/1")], 10)
        raise RuntimeError("the disk is full")

    with pytest.raises(RuntimeError):
        await model.write(half)
    assert await model.read(count) == 0
    assert await model.read(positions) == {}


async def test_pages_cannot_write(model: ReadModel) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        await model.read(lambda db: db.execute("DELETE FROM articles"))


async def test_clearing_deletes_text_and_positions(model: ReadModel) -> None:
    await model.write(ingest_batch, [article("https://a.example/1")], 10)
    await model.write(clear)
    for table in ("articles", "article_text", "versions", "positions", "host_hours"):
        assert await model.read(count, table) == 0
