"""`copydesk desk` starts without a broker, prints its address, and stops in order."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from service.contract.record import Record
from service.local.json_record import json_line
from tests.cli.running import copydesk
from tests.desk.records import article, state


@contextmanager
def desk(*words: str) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    outside = {key: value for key, value in os.environ.items() if not key.startswith("COPYDESK_")}
    command = [sys.executable, "-m", "service.cli", "desk", "--port", "0", *words]
    with subprocess.Popen(command, env=outside, stdout=subprocess.PIPE, text=True) as child:
        try:
            assert child.stdout is not None
            address = re.search(r"http://\S+", child.stdout.readline())
            assert address is not None
            yield address[0], child
        finally:
            if child.poll() is None:
                child.kill()


def test_it_serves_and_stops_in_order(tmp_path: Path) -> None:
    data = tmp_path / "desk" / "desk.sqlite"
    with desk("--brokers", "127.0.0.1:9", "--data", str(data)) as (address, child):
        with urllib.request.urlopen(f"{address}healthz", timeout=30) as answer:
            assert json.load(answer)["reading"] is False
        child.send_signal(signal.SIGTERM)
        assert child.wait(30) == 0


def test_a_file_of_another_program_is_refused_in_a_line(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a database, " * 40)
    done = copydesk("desk", "--brokers", "127.0.0.1:9", "--port", "0", "--data", str(path))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "notes.txt" in done.stderr


def test_it_shows_what_fold_wrote(tmp_path: Path) -> None:
    events = tmp_path / "events.jsonl"
    records = (article("https://wire.example/bridge"), state())
    events.write_bytes(
        b"".join(
            json_line(Record(topic=each.topic, key=None, value=each.value, headers=each.headers))
            for each in records
        )
    )
    with desk("--events", str(events)) as (address, child):
        until = time.monotonic() + 30
        found: list[dict[str, str]] = []
        while not found and time.monotonic() < until:
            with urllib.request.urlopen(f"{address}stories.json", timeout=30) as answer:
                found = json.load(answer)["items"]
        assert [story["original_host"] for story in found] == ["wire.example"]
        child.send_signal(signal.SIGTERM)
        assert child.wait(30) == 0


def test_a_file_that_fold_did_not_write_is_refused_in_a_line(tmp_path: Path) -> None:
    events = tmp_path / "notes.jsonl"
    events.write_text("{}\n")
    done = copydesk("desk", "--port", "0", "--events", str(events))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "notes.jsonl, line 1" in done.stderr


def test_a_file_is_read_instead_of_brokers(tmp_path: Path) -> None:
    events = tmp_path / "events.jsonl"
    events.write_text("")
    assert copydesk("desk", "--events", str(events), "--brokers", "a:9092").returncode == 2
