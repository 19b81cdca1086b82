"""A machine without Java or Maven: tests that need Apache Kafka are skipped, but never in CI."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ONE_TEST = "tests/brokers/test_apache.py::test_listens_on_loopback_only"


@pytest.mark.parametrize(
    ("environment", "outcome", "code"),
    [({}, "1 skipped", 0), ({"CI": "false"}, "1 skipped", 0), ({"CI": "true"}, "1 error", 1)],
)
def test_without_java(environment: dict[str, str], outcome: str, code: int) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", ONE_TEST],
        cwd=ROOT,
        env={"PATH": "/nowhere", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == code, run.stdout + run.stderr
    assert outcome in run.stdout
    assert "Apache Kafka needs Java 17" in run.stdout
