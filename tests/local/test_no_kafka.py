"""`copydesk fold` imports no Kafka client."""

import subprocess
import sys
from pathlib import Path

import pytest

LOADED = """
import sys
from service.cli.main import main
try:
    main(sys.argv[1:])
except SystemExit as end:
    assert not end.code, end.code
print(sorted({"faust", "aiokafka", "mode"} & sys.modules.keys()), file=sys.stderr)
"""


def loaded(*words: str) -> str:
    """The Kafka clients that a command has imported, as a printed list."""
    run = subprocess.run(
        [sys.executable, "-c", LOADED, *words],
        capture_output=True,
        text=True,
        timeout=120.0,
        check=True,
    )
    return run.stderr.splitlines()[-1]


def test_help_loads_no_client() -> None:
    assert loaded("fold", "--help") == "[]"


@pytest.mark.parametrize("articles", [1, 3])
def test_a_run_loads_no_client(tmp_path: Path, articles: int) -> None:
    words = "The ferry company said on Tuesday that boats would leave the harbour again. " * 12
    for number in range(articles):
        (tmp_path / f"{number}.txt").write_text(f"Ferries sail again\n\n{words}", encoding="utf-8")
    assert loaded("fold", str(tmp_path)) == "[]"


def test_kafka_commands_do_load_one() -> None:
    """Shows that `loaded` does detect a client."""
    assert "aiokafka" in loaded("feed", "--help")
