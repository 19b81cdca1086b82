"""A test that fails once is told; one that fails twice, or too many that fail once, end the run."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.reruns import MOST

ROOT = Path(__file__).parents[1]
TESTS = """
from pathlib import Path
import pytest

@pytest.mark.parametrize("number", range({once}))
def test_fails_once(number):
    tried = Path(__file__).with_name(f"tried-{{number}}")
    first = not tried.exists()
    tried.touch()
    assert not first, "the machine was slow"

def test_the_other():
    assert {passes}
"""


@pytest.mark.parametrize(
    ("once", "passes", "code"), [(MOST, True, 0), (MOST + 1, True, 1), (0, False, 1)]
)
def test_what_fails_the_run(tmp_path: Path, once: int, passes: bool, code: int) -> None:
    (tmp_path / "test_made.py").write_text(TESTS.format(once=once, passes=passes))
    command = ["-m", "pytest", str(tmp_path), "--rootdir", str(tmp_path), "-p", "tests.reruns"]
    run = subprocess.run(
        [sys.executable, *command, "--reruns", "1"],
        cwd=ROOT, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert run.returncode == code, run.stdout
    assert (f"{once} failed once and were tried again" in run.stdout) == (once > 0)
    assert run.stdout.count("AssertionError: the machine was slow") >= once
