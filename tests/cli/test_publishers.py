"""`copydesk publishers`."""

import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from service.cli.publishers import command
from tests.local.stored import ferry_pages, write_events

EXAMPLE = Path(__file__).parents[2] / "deploy" / "examples" / "publishers.csv"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return tmp_path / "publishers.csv"


def run(*words: object, publishers: Path | None = None) -> Result:
    settings = {"COPYDESK_PUBLISHERS": str(publishers) if publishers else ""}
    plain = {"COLUMNS": "120", "NO_COLOR": "1"}
    return CliRunner().invoke(command, list(map(str, words)), env=settings | plain)


def test_the_example_is_a_table_and_is_printed() -> None:
    result = run(EXAMPLE)
    assert result.exit_code == 0
    assert "harbour-gazette.example" in result.output
    assert run("--check", publishers=EXAMPLE).exit_code == 0


def test_every_problem_is_named(table: Path) -> None:
    table.write_text("host,publisher,owner\na.example,A,B\nwww.a.example,A,B\nb.example,B,A\n,C,\n")
    result = run("--check", table)
    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert lines[:2] == [
        "row 5: host or publisher is empty",
        "row 3: a.example has an entry in row 2 already",
    ]
    assert " is owned by " in lines[2]
    assert run(table).exit_code == 1


def test_entries_are_compared_with_the_hosts_of_events(table: Path, tmp_path: Path) -> None:
    events = write_events(tmp_path / "events.jsonl", ferry_pages())
    table.write_text("host,publisher\nnowhere.example,Nowhere\n")
    result = run("--check", table, "--events", events)
    assert result.exit_code == 0
    assert "row 2: nowhere.example: never seen" in result.output
    assert "hosts without an entry" in result.output


def test_entries_are_compared_with_the_hosts_of_the_desk(table: Path, tmp_path: Path) -> None:
    desk = tmp_path / "desk.sqlite"
    with sqlite3.connect(desk) as db:
        db.execute("CREATE TABLE host_hours (host, hour, outcome, pages)")
        db.executemany(
            "INSERT INTO host_hours VALUES (?, ?, 'article', 1)",
            [("a.example", "2026-03-10T14"), ("b.example", "2026-01-10T14")],
        )
    db.close()
    table.write_text("host,publisher\na.example,A\nb.example,B\n")
    result = run("--check", table, "--desk", desk)
    assert "row 3: b.example: not seen since 2026-01-10" in result.output
    assert "2 hosts seen, the newest page is of 2026-03-10; 1 entries" in result.output


def test_what_is_no_database_of_the_desk_is_refused(table: Path) -> None:
    table.write_text("host,publisher\na.example,A\n")
    result = run("--check", table, "--desk", table)
    assert result.exit_code == 1
    assert "file is not a database" in result.output


@pytest.mark.parametrize("words", [(), ("--events", str(EXAMPLE), str(EXAMPLE))])
def test_wrong_use_is_told(words: tuple[str, ...]) -> None:
    assert run(*words).exit_code == 2
