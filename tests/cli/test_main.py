"""The command as a whole: help, version, settings."""

import json

import pytest

from service.cli.main import COMMANDS
from tests.cli.in_process import run
from tests.cli.running import copydesk


def test_help_names_every_command() -> None:
    done = copydesk("--help")
    assert done.returncode == 0
    for name in COMMANDS:
        assert name in done.stdout


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_explains_itself(name: str) -> None:
    done = run(name, "--help")
    assert done.exit_code == 0
    assert done.stdout.startswith(f"Usage: copydesk {name}")


def test_a_bad_setting_is_named_with_what_is_allowed() -> None:
    done = copydesk("topics", settings={"COPYDESK_RAW_PARTITIONS": "many"})
    assert done.returncode == 2
    assert "COPYDESK_RAW_PARTITIONS='many'" in done.stderr


def test_no_broker_is_one_clear_line() -> None:
    done = copydesk("topics", settings={"COPYDESK_BROKERS": "127.0.0.1:1"})
    assert done.returncode == 1
    assert "127.0.0.1:1" in done.stderr
    assert "Traceback" not in done.stderr


def test_no_worker_is_not_healthy() -> None:
    done = copydesk("health", settings={"COPYDESK_WEB_PORT": "1"})
    assert done.returncode == 1
    assert "livez" in done.stderr


def test_agencies_as_json_lines() -> None:
    done = copydesk("agencies", "--json")
    keys = {json.loads(line)["key"] for line in done.stdout.splitlines()}
    assert {"ap", "reuters", "afp", "dpa", "xinhua", "tass", "efe", "ansa"} <= keys
    assert {"pa", "kyodo", "yonhap", "bloomberg", "upi", "cnn"} <= keys
    assert {"prnewswire", "businesswire", "globenewswire"} <= keys
