"""`copydesk config`, and the error messages of every command for invalid settings."""

import json
import re
from pathlib import Path

import pytest

from service.cli import config
from service.cli.main import COMMANDS
from service.cli.settings_table import setting_rows, settings_page
from service.settings import Settings
from tests.cli.in_process import run
from tests.cli.running import copydesk

PAGE = Path(__file__).parents[2] / "deploy" / "SETTINGS.md"
_LOADS = re.compile(r"load_(?:reading_)?settings\(")

USING_SETTINGS = {
    "apart": ("urn:a", "urn:b", "--why", "it is"),
    "backup": ("state.backup",),
    "check": ("README.md",),
    "config": (),
    "desk": (),
    "explain": ("one", "other"),
    "feed": ("README.md",),
    "fold": ("README.md",),
    "health": (),
    "notify": ("deploy/examples/subscriptions.toml",),
    "original": ("urn:a", "--why", "it is"),
    "publishers": (),
    "reinstate": ("urn:a", "--why", "it is"),
    "replay": (),
    "reshard": ("state.sqlite",),
    "rights": ("README.md",),
    "restore": ("README.md",),
    "same": ("urn:a", "urn:b", "--why", "it is"),
    "tail": (),
    "topics": (),
    "where": ("https://a.example/",),
    "withdraw": ("urn:a", "--why", "it is"),
    "worker": (),
}
"""Commands that read the settings, each with the arguments that it cannot do without."""


def test_settings_are_printed_with_their_source() -> None:
    done = copydesk("config", "--json", settings={"COPYDESK_SHARDS": "3"})
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert list(found) == list(Settings.model_fields)
    assert found["shards"] == {
        "value": 3,
        "from": "environment",
        "variable": "COPYDESK_SHARDS",
    }
    assert found["group"]["from"] == "default"
    assert found["sasl_password"]["value"] is None


def test_only_what_was_changed() -> None:
    done = copydesk("config", "--changed", settings={"copydesk_shards": "3", "COPYDESK_GROUP": ""})
    assert done.stdout.split() == ["COPYDESK_SHARDS", "environment", "3"]


@pytest.mark.parametrize("option", ["--json", "--changed"])
def test_a_secret_is_never_shown(option: str) -> None:
    done = copydesk("config", option, settings={"COPYDESK_SASL_PASSWORD": "correct horse"})
    assert done.returncode == 0
    assert "COPYDESK_SASL_PASSWORD" in done.stdout
    assert "****" in done.stdout
    assert "horse" not in done.stdout + done.stderr


def test_a_long_value_is_not_cut() -> None:
    brokers = ",".join(f"kafka-{n}.news.example:9092" for n in range(20))
    done = copydesk("config", settings={"COPYDESK_BROKERS": brokers})
    assert brokers in done.stdout


def test_help_has_every_setting() -> None:
    done = copydesk("config", "--help")
    for row in setting_rows():
        assert row.variable in done.stdout


def test_no_command_is_left_out() -> None:
    modules = (Path(config.__file__).parent / f"{name.replace('-', '_')}.py" for name in COMMANDS)
    using = {path.stem for path in modules if _LOADS.search(path.read_text())}
    assert using == set(USING_SETTINGS)


@pytest.mark.parametrize("command", sorted(USING_SETTINGS))
def test_bad_settings_end_every_command(command: str) -> None:
    bad = {
        "COPYDESK_SHARDS": "many",
        "COPYDESK_PAGE_SECONDS": "0",
        "COPYDESK_TRANSACTIONS": "maybe",
        "COPYDESK_ADAPTERS": "telepathy",
        "COPYDESK_BROKERS": "kafka:9092:x",
    }
    done = run(command, *USING_SETTINGS[command], settings=bad)
    assert done.exit_code == 2
    for line in (
        "COPYDESK_SHARDS='many': must be a whole number from 1 to 1000",
        "COPYDESK_PAGE_SECONDS='0': must be a number above 0 and at most 600",
        "COPYDESK_TRANSACTIONS='maybe': must be auto, require or off",
        "COPYDESK_ADAPTERS='telepathy': unknown: telepathy; known: ",
        "COPYDESK_BROKERS='kafka:9092:x': must be host:port, several parted by commas",
    ):
        assert line in done.stderr


@pytest.mark.parametrize("command", sorted(USING_SETTINGS))
def test_half_a_login_ends_every_command(command: str) -> None:
    half = {"COPYDESK_SECURITY_PROTOCOL": "SASL_SSL", "COPYDESK_SASL_PASSWORD": "correct horse"}
    done = run(command, *USING_SETTINGS[command], settings=half)
    assert done.exit_code == 2
    assert "COPYDESK_SASL_USERNAME" in done.stderr
    assert "horse" not in done.stderr


def test_a_misspelled_setting_is_an_error_with_the_name_that_was_meant() -> None:
    done = copydesk("topics", settings={"COPYDESK_HONOR_NOARCHIVE": "true"})
    assert done.returncode == 2
    assert (
        "COPYDESK_HONOR_NOARCHIVE is not a setting; did you mean COPYDESK_HONOUR_NOARCHIVE?"
        in done.stderr
    )


def test_variables_of_kubernetes_or_of_tests_give_only_a_warning() -> None:
    links = {
        "COPYDESK_PORT": "tcp://10.0.0.7:8066",
        "COPYDESK_SERVICE_HOST": "10.0.0.7",
        "COPYDESK_WORKER_SERVICE_PORT": "8066",
        "COPYDESK_WORKER_PORT_8066_TCP": "tcp://10.0.0.7:8066",
        "COPYDESK_TEST_BROKER": "apache",
        "COPYDESK_SHARED_DATA": "data",
    }
    done = copydesk("config", settings=links)
    assert done.returncode == 0
    for name in links:
        assert f"Warning: {name} is not a setting" in done.stderr


def test_the_page_of_settings_agrees_with_the_model() -> None:
    assert PAGE.read_text() == settings_page(), "run `make settings`"


def test_every_default_is_allowed_as_it_is_shown() -> None:
    shown = {row.variable: row.default for row in setting_rows() if row.default}
    done = copydesk("config", "--json", settings=shown)
    assert done.returncode == 0, done.stderr
    assert {key: each["value"] for key, each in json.loads(done.stdout).items()} == {
        key: each["value"] for key, each in json.loads(copydesk("config", "--json").stdout).items()
    }
