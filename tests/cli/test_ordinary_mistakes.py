"""Ordinary mistakes over all commands: each gives a line that names it, and none a traceback."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiokafka.errors import UnknownTopicOrPartitionError
from click.testing import Result

from service.cli import feed, feed_run, fold
from service.cli.main import COMMANDS
from tests.cli.in_process import run
from tests.cli.running import copydesk

NOWHERE = {"COPYDESK_BROKERS": "127.0.0.1:1"}
TLS = {"COPYDESK_SECURITY_PROTOCOL": "SSL"}
WHY = ("--why", "it is")

MISTAKES: list[tuple[tuple[str, ...], dict[str, str], int, str]] = [
    (("fodl",), {}, 2, "did you mean fold?"),
    (("replya",), {}, 2, "did you mean replay?"),
    (("xyzzy",), {}, 2, "'xyzzy' is not a command"),
    (("fold",), {}, 2, "FILES"),
    (("fold", "no-such-file"), {}, 2, "no-such-file"),
    (("fold", "{text}", "-o", "no/such/folder/x.jsonl"), {}, 1, "no/such/folder"),
    (("fold", "{text}", "-o", "x.parquet", "--internal"), {}, 2, "Parquet"),
    (("fold", "{text}", "-o", "x.docx"), {}, 2, ".jsonl"),
    (("fold", "{text}", "-o", "{folder}"), {}, 2, "is a directory"),
    (("fold", "{text}", "--jobs", "0"), {}, 2, "--jobs"),
    (("fold", "{empty}"), {}, 1, "no supported files"),
    (("fold", "{odd}"), {}, 1, "not a supported file"),
    (("feed",), {}, 2, "give either FILES or --follow DIR"),
    (("feed", "{text}"), NOWHERE, 1, "no broker at 127.0.0.1:1"),
    (("feed", "{text}", "--since", "yesterday"), {}, 2, "yesterday"),
    (("feed", "{text}", "--journal", "{text}/j"), NOWHERE, 1, "{text}/j"),
    (("notify",), {}, 2, "FILE"),
    (("notify", "no-such-file"), {}, 2, "no-such-file"),
    (("notify", "{text}"), {}, 2, "{text}: no TOML"),
    (("notify", "--check", "{folder}"), {}, 2, "is a directory"),
    (("tail", "artcles"), {}, 2, "artcles"),
    (("tail",), NOWHERE, 1, "no broker at 127.0.0.1:1"),
    (("topics", "--create"), NOWHERE, 1, "no broker at 127.0.0.1:1"),
    (("replay",), NOWHERE, 1, "no broker at 127.0.0.1:1"),
    (("replay", "--offsets", "3-4"), {}, 2, "3-4"),
    (("withdraw", "https://a.example/", *WHY), NOWHERE, 1, "no broker at 127.0.0.1:1"),
    (("withdraw", "not an address", *WHY), NOWHERE, 2, "not an address"),
    (("same", "urn:a", *WHY), {}, 2, "Missing argument"),
    (("original", "https://a.example/"), {}, 2, "--why"),
    (("explain", "no-such-file", "{text}"), {}, 2, "no-such-file"),
    (("explain", "https://a.example/", "{text}"), {}, 2, "--events FILE or --brokers"),
    (("explain-url", "http://[::bad"), {}, 1, "http://[::bad"),
    (("health",), {"COPYDESK_WEB_PORT": "1"}, 1, "livez"),
    (("resume",), {"COPYDESK_WEB_PORT": "1"}, 1, "resume"),
    (("desk", "--port", "{taken}", "--data", "{folder}/d.sqlite"), NOWHERE, 1, "{taken}"),
    (("desk", "--data", "{text}/d.sqlite"), NOWHERE, 1, "{text}"),
    (("reshard", "no/such/folder/x"), NOWHERE, 1, "Error"),
    (("worker",), {"COPYDESK_SHARDS": "none"}, 2, "COPYDESK_SHARDS='none'"),
    (("topics",), {"COPYDESK_BROKER": "a:1"}, 2, "COPYDESK_BROKERS?"),
    (("topics",), {**TLS, "COPYDESK_SSL_CAFILE": "no-such.pem"}, 2, "COPYDESK_SSL_CAFILE"),
    (("topics",), {**TLS, "COPYDESK_SSL_CAFILE": "{text}"}, 2, "COPYDESK_SSL_CAFILE"),
    (("config",), {"COPYDESK_STATE_DIR": "{text}/state"}, 0, "COPYDESK_STATE_DIR={text}/state"),
    (("config",), {**TLS, "COPYDESK_SSL_KEYFILE": "no-such.key"}, 2, "COPYDESK_SSL_KEYFILE"),
]


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """What the mistakes name; the working folder is one of the test's own."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "odd.pdf").write_text("%PDF")
    (tmp_path / "text.txt").write_text("Aground\n\nThe ferry ran aground.")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        yield {
            "text": str(tmp_path / "text.txt"),
            "folder": str(tmp_path),
            "empty": str(tmp_path / "empty"),
            "odd": str(tmp_path / "odd.pdf"),
            "taken": str(taken.getsockname()[1]),
        }


def assert_is_told(done: Result, code: int, word: str) -> None:
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert "Traceback" not in done.stderr + done.stdout
    assert word in done.stderr.replace("\n", " ")
    assert done.exit_code == code, done.stderr


@pytest.mark.parametrize(
    ("words", "settings", "code", "word"),
    MISTAKES,
    ids=[f"{number}-{words[0]}" for number, (words, *_) in enumerate(MISTAKES)],
)
def test_a_mistake_is_told_in_a_line(
    words: tuple[str, ...],
    settings: dict[str, str],
    code: int,
    word: str,
    places: dict[str, str],
) -> None:
    filled = {name: value.format(**places) for name, value in settings.items()}
    done = run(*(each.format(**places) for each in words), settings=filled)
    assert_is_told(done, code, word.format(**places))


@pytest.mark.parametrize(
    ("settings", "word"),
    [
        (NOWHERE, "no broker at 127.0.0.1:1"),
        ({"COPYDESK_STATE_DIR": "{text}/state"}, "COPYDESK_STATE_DIR={text}/state: Not a"),
    ],
)
def test_a_worker_that_cannot_start_says_why(
    settings: dict[str, str], word: str, places: dict[str, str]
) -> None:
    filled = {name: value.format(**places) for name, value in settings.items()}
    state = {"COPYDESK_STATE_DIR": places["folder"], "COPYDESK_LOG_FORMAT": "text"}
    done = copydesk("worker", settings={**state, **filled})
    assert word.format(**places) in done.stderr
    assert "Traceback" not in done.stderr
    assert done.returncode == 1


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_an_option_that_is_not_there_is_told_by_every_command(name: str) -> None:
    assert_is_told(run(name, "--no-such-option"), 2, "No such option")


def test_ctrl_c_is_a_line_and_130(places: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    async def interrupted(*given: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(fold, "_fold", interrupted)
    assert_is_told(run("fold", places["text"]), 130, "interrupted")


def test_a_feed_without_its_topic_says_how_to_make_it(
    places: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def none(settings: object) -> set[str]:
        return set()

    async def refused(*given: object) -> None:
        raise UnknownTopicOrPartitionError

    monkeypatch.setattr(feed, "existing_topics", none)
    monkeypatch.setattr(feed_run, "_write", refused)
    done = run("feed", places["text"], settings=NOWHERE)
    assert_is_told(done, 1, "Warning: 127.0.0.1:1 has no topic pages.raw")
    assert done.stderr.splitlines()[-1] == (
        "Error: 127.0.0.1:1 has no topic pages.raw: `copydesk topics --create` makes it"
    )


def test_a_reader_that_has_read_enough_is_no_error() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        done = subprocess.run(
            [sys.executable, "-m", "service.cli", "agencies", "--json"],
            stdout=pipe,
            stderr=subprocess.PIPE,
            check=False,
            timeout=120,
        )
    assert done.stderr == b""
    assert done.returncode == 0
