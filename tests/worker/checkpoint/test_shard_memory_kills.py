"""A checkpoint whose writer is killed at any moment never says anything but what the log says."""

import random
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from tests.worker.folding_process import load_log, read_lines
from tests.worker.kept_log import crawl

KILLS = 5
LONGEST = 400
CRAWL = "crawl.jsonl"


def start(log: Path, state_dir: Path) -> "subprocess.Popen[bytes]":
    """Go on folding the crawl, which lies beside the log."""
    words = [str(log), str(state_dir), str(log.parent / CRAWL)]
    return subprocess.Popen([sys.executable, "-m", "tests.worker.folding_process", *words])


def wait_for_lines(log: Path, process: "subprocess.Popen[bytes]", count: int) -> None:
    """Until the log has so many lines, or the process has ended."""
    while not log.exists() or log.read_bytes().count(b"\n") < count:
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.002)
            return


def told(log: Path) -> list[object]:
    return [each for line in read_lines(log) for each in line["written"]]


def test_killed_again_and_again_it_writes_what_it_would_have_written(tmp_path: Path) -> None:
    values = [event.message.value or b"" for event in crawl()]
    (tmp_path / CRAWL).write_bytes(b"".join(value + b"\n" for value in values))
    whole, broken = tmp_path / "whole.log", tmp_path / "broken.log"
    assert start(whole, tmp_path / "whole").wait(LONGEST) == 0
    lot = random.Random(7)
    for _ in range(KILLS):
        lines = len(read_lines(broken))
        process = start(broken, tmp_path / "state")
        # From the second line on it folds: killed there, it dies between any two of its steps.
        wait_for_lines(broken, process, lines + lot.randint(1, 4))
        process.kill()
        process.wait()
    assert start(broken, tmp_path / "state").wait(LONGEST) == 0
    assert load_log(broken)[1] == len(crawl())
    assert told(broken) == told(whole)
