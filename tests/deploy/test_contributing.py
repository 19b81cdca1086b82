"""CONTRIBUTING's table has a row for everything that people come to change.

That the paths it names are there is tested with those of all documents (`test_documents.py`).
"""

from pathlib import Path

import pytest

PAGE = Path(__file__).resolve().parents[2] / "deploy" / "CONTRIBUTING.md"


@pytest.mark.parametrize(
    "subject",
    [
        "agency",
        "envelope",
        "output field",
        "verifier feature",
        "language",
        "retention or window",
        "setting",
        "metric",
        "Faust or aiokafka",
    ],
)
def test_there_is_a_row_for(subject: str) -> None:
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in PAGE.read_text(encoding="utf-8").splitlines()
        if line.startswith("| ")
    ]
    assert [touch for change, touch in rows if change == subject and touch]
