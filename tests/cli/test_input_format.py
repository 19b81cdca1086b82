"""Pages on standard input: `-` with --format."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.in_process import run

TEXT = (
    "HARBOR CITY (AP) — The ferry Amber Wind ran aground off Harbor City on Tuesday with 214"
    " people aboard, and all of them were taken off by fishing boats before dark, the coast"
    " guard said. Captain Olga Reyes said the rudder had jammed 3 miles from the pier."
)
PAGE = {"url": "https://a.example/1", "article": {"title": "Aground", "text": TEXT}}


def piped(*words: str, given: bytes) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [sys.executable, "-m", "service.cli", *words],
        input=given,
        capture_output=True,
        check=False,
        timeout=120,
    )


def test_pages_are_folded_from_a_pipe() -> None:
    done = piped("fold", "--jobs", "1", "-", "--format", "jsonl", given=json.dumps(PAGE).encode())
    assert done.returncode == 0, done.stderr
    assert b"1 article events" in done.stderr
    assert json.loads(done.stdout.splitlines()[0])["topic"] == "articles"


def test_an_article_from_a_pipe_is_explained(tmp_path: Path) -> None:
    other = tmp_path / "other.jsonl"
    other.write_text(json.dumps(PAGE | {"url": "https://b.example/2"}))
    given = json.dumps(PAGE).encode()
    done = piped("explain", "-", str(other), "--format", "jsonl", given=given)
    assert done.returncode == 0, done.stderr
    assert b"same story" in done.stdout


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("fold", "-"), "- needs --format"),
        (("fold", "-", "-", "--format", "jsonl"), "once only"),
        (("fold", ".", "--format", "jsonl"), "give - as a file"),
        (("fold", "-", "--format", "wacz"), "'wacz' is not one of"),
        (("feed", "-", "--format", "jsonl", "--in-order"), "no --in-order"),
        (("explain", "-", "other"), "- needs --format"),
    ],
)
def test_what_cannot_be_read_so_is_refused(words: tuple[str, ...], why: str) -> None:
    done = run(*words)
    assert done.exit_code == 2
    assert why in done.stderr
