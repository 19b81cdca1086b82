"""`copydesk desk` starts without a broker, prints its address, and stops in order."""

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.cli.running import copydesk


@contextmanager
def desk(folder: Path, *words: str) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    outside = {key: value for key, value in os.environ.items() if not key.startswith("COPYDESK_")}
    command = [sys.executable, "-m", "service.cli", "desk", "--port", "0", "--brokers"]
    command += ["127.0.0.1:9", "--data", str(folder / "desk" / "desk.sqlite"), *words]
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
    with desk(tmp_path) as (address, child):
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
