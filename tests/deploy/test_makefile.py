"""What the Makefile promises: each target named has a rule, and CI's run no empty ones."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MAKEFILE = (ROOT / "Makefile").read_text()
PHONY = re.findall(r"^\.PHONY:(.*)$", MAKEFILE, re.M)[0].split()
IN_CI = re.findall(r"^make (\S+)", (ROOT / ".ci" / "run").read_text(), re.M)


@pytest.mark.parametrize("target", PHONY)
def test_each_target_has_one_rule(target: str) -> None:
    assert len(re.findall(rf"^{re.escape(target)}:", MAKEFILE, re.M)) == 1


def plan(*words: str) -> str:
    """What make would run; it may be run by make itself, and would then name the folder too."""
    command = ["make", "--dry-run", "--no-print-directory", *words]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stderr == ""
    return run.stdout


def test_ci_runs_the_tests_on_both_brokers_and_in_a_browser() -> None:
    assert IN_CI == ["test", "check-wheels", "test-kafka", "test-browser"]
    plans = [plan(target) for target in IN_CI]
    assert '-m "not kafka and not browser and not crawlers and not readers"' in plans[0]
    assert '-m "kafka or stream" --broker apache' in plans[-2]
    assert "COPYDESK_REQUIRE_BROWSER=1" in plans[-1]


def test_the_demo_installs_what_it_runs_and_no_more() -> None:
    lines = plan("VENV=.none", "demo").splitlines()
    assert re.findall(r"-r (\S+)", "\n".join(lines)) == [
        "deploy/requirements-build.txt",
        "requirements-demo.txt",
    ]
    assert all("--require-hashes" in line for line in lines if "-r " in line)
    assert lines[-1].endswith("copydesk demo --once")
