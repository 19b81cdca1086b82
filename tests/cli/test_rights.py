"""`copydesk rights` on files."""

import json
from pathlib import Path

import pytest

from tests.cli.running import copydesk
from tests.read.page.pages import news_page


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rights") / "pages.jsonl"
    page = news_page(head='<meta name="robots" content="noarchive, noai">')
    rows = (
        {"url": "https://gazette.example/2026/storm", "text": page},
        {"url": "https://courier.example/2026/storm", "text": news_page()},
    )
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_a_policy_is_tried_without_being_switched_on(pages: Path) -> None:
    done = copydesk("rights", str(pages), "--policy", "noai=reject", "--json", "--jobs", "1")
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert rows[0] == {
        "host": None,
        "word": None,
        "pages": 2,
        "restricted": 1,
        "rejected": 1,
        "action": None,
    }
    by_word = {row["word"]: row for row in rows if row["host"] == "gazette.example"}
    assert (by_word["noai"]["action"], by_word["noai"]["rejected"]) == ("reject", 1)
    assert (by_word["noarchive"]["action"], by_word["noarchive"]["rejected"]) == ("mark", 0)


def test_without_a_policy_that_of_the_settings_is_counted(pages: Path) -> None:
    settings = {"COPYDESK_RIGHTS": "noarchive=reject", "COPYDESK_EXTRACTORS": "1"}
    done = copydesk("rights", str(pages), settings=settings)
    assert done.returncode == 0, done.stderr
    row = next(line for line in done.stdout.splitlines() if line.startswith("gazette"))
    assert row.split() == ["gazette.example", "*", "1", "1", "1"]


def test_a_policy_that_is_none_is_refused_before_anything_is_read(pages: Path) -> None:
    done = copydesk("rights", str(pages), "--policy", "license=reject")
    assert done.returncode == 2
    assert "license restricts nothing" in done.stderr
