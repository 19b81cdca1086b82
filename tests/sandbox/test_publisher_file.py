"""The file of the table of publishers: read at the start and when it has changed."""

import logging
from pathlib import Path

import pytest

from service.read.publishers import BadPublishers
from service.sandbox.publisher_file import PublisherFile

HEAD = "host,publisher\n"


def name_of(file: PublisherFile, host: str = "a.example") -> str | None:
    found = file.table.of(host)
    return found.name if found else None


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "publishers.csv"
    path.write_text(f"{HEAD}a.example,A\n")
    file = PublisherFile(path)
    assert not file.has_changed()
    path.write_text(f"{HEAD}a.example,Another\n")
    assert file.has_changed()
    assert name_of(file) == "Another"
    assert not file.has_changed()


def test_a_file_put_in_its_place_is_read_too(tmp_path: Path) -> None:
    path, new = tmp_path / "publishers.json", tmp_path / "new"
    path.write_text('[{"host": "a.example", "publisher": "A"}]')
    file = PublisherFile(path)
    new.write_text('[{"host": "a.example", "publisher": "B"}]')
    new.replace(path)
    assert file.has_changed()
    assert name_of(file) == "B"


def test_a_file_with_an_error_leaves_the_table_as_it_was(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "publishers.csv"
    path.write_text(f"{HEAD}a.example,A\n")
    file = PublisherFile(path)
    with caplog.at_level(logging.WARNING):
        path.write_text(f"{HEAD}a.example,A\na.example,Another\n")
        assert not file.has_changed()
        assert not file.has_changed()
        path.unlink()
        assert not file.has_changed()
    assert len(caplog.records) == 2
    assert name_of(file) == "A"


def test_at_the_start_an_error_is_one(tmp_path: Path) -> None:
    with pytest.raises(BadPublishers, match=r"No such file"):
        PublisherFile(tmp_path / "missing.csv")
