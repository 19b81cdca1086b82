"""The last line of a command that fails is JSON where the log is, and text where people read it."""

import json
from typing import Any

import click
import pytest
from click.testing import CliRunner

from service.cli import fatal_line
from service.cli.main import main
from tests.cli.running import copydesk

NO_BROKER = {"COPYDESK_BROKERS": "127.0.0.1:1"}


def last_row(stderr: str) -> dict[str, Any]:
    """The last line, where every line is JSON."""
    *_, last = [json.loads(line) for line in stderr.splitlines()]
    row: dict[str, Any] = last
    return row


def test_a_worker_without_a_broker_says_so_in_json(tmp_path: object) -> None:
    settings = {**NO_BROKER, "COPYDESK_STATE_DIR": str(tmp_path)}
    run = copydesk("worker", settings=settings)
    assert run.returncode == 1
    row = last_row(run.stderr)
    assert row["level"] == "CRITICAL"
    assert row["message"].startswith("no broker at 127.0.0.1:1: ")


@pytest.mark.parametrize("name", ["worker", "desk"])
def test_a_setting_that_is_not_allowed_is_a_line_of_json(name: str) -> None:
    settings = {"COPYDESK_SHARDS": "many", "COPYDESK_SASL_PASSWORD": "correct horse"}
    run = copydesk(name, settings=settings)
    assert run.returncode == 2
    assert "COPYDESK_SHARDS='many'" in last_row(run.stderr)["message"]
    assert "correct horse" not in run.stderr


def test_a_desk_that_cannot_listen_says_so_in_json(tmp_path: object) -> None:
    settings = {"COPYDESK_DESK_DATA": f"{tmp_path}/desk.sqlite", "COPYDESK_UNHEARD": "1"}
    run = copydesk("desk", "--host", "192.0.2.1", "--port", "1", settings=settings)
    assert run.returncode == 1
    assert "192.0.2.1" in last_row(run.stderr)["message"]
    assert "COPYDESK_UNHEARD is not a setting" in run.stderr


def test_as_text_it_is_as_of_any_command() -> None:
    run = copydesk("worker", settings={"COPYDESK_SHARDS": "many", "COPYDESK_LOG_FORMAT": "text"})
    assert run.stderr.startswith("Error: COPYDESK_SHARDS='many'")


def test_commands_for_people_write_json_only_where_it_is_asked_for() -> None:
    assert copydesk("topics", settings=NO_BROKER).stderr.startswith("Error: no broker at")
    run = copydesk("topics", settings={**NO_BROKER, "COPYDESK_LOG_FORMAT": "json"})
    assert run.returncode == 1
    assert last_row(run.stderr)["message"].startswith("no broker at")


def test_an_error_that_nobody_foresaw_is_one_line_too(monkeypatch: pytest.MonkeyPatch) -> None:
    @click.command()
    def failing() -> None:
        raise ValueError("two\nlines")

    monkeypatch.setattr(type(main), "get_command", lambda *_: failing)
    run = CliRunner().invoke(main, ["worker"], env={"COPYDESK_LOG_FORMAT": "json"})
    assert run.exit_code == 1
    row = last_row(run.stderr)
    assert row["message"] == "ValueError: two\nlines"
    assert "Traceback" in row["exception"]


@pytest.mark.parametrize(
    ("command", "form", "json"),
    [
        ("worker", "", True),
        ("worker", "auto", True),
        ("worker", "text", False),
        ("feed", "auto", False),
        ("feed", "json", True),
        (None, "", False),
    ],
)
def test_which_lines_are_json(
    monkeypatch: pytest.MonkeyPatch, command: str | None, form: str, json: bool
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: False)
    assert fatal_line.is_json(command, {"COPYDESK_LOG_FORMAT": form}) is json
