"""`copydesk where` on what `fold` wrote."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from service.contract.outcome import RejectionReason
from service.local.json_record import json_line
from tests.cli.in_process import run
from tests.cli.test_fold_summary import failed, rejected
from tests.local.stored import SPUN, ferry_pages, write_events


@pytest.fixture(scope="module")
def events(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three articles in two stories, and one of them rejected and failed before."""
    path = write_events(tmp_path_factory.mktemp("where") / "events.jsonl", ferry_pages())
    before = [
        rejected(f"{SPUN}?utm_source=x", RejectionReason.HTTP_ERROR),
        replace(failed("not JSON"), key=SPUN.encode()),
        rejected("https://other.example/", RejectionReason.WALL),
    ]
    path.write_bytes(b"".join(map(json_line, before)) + path.read_bytes())
    return path


def test_every_record_about_an_address_in_any_spelling(events: Path) -> None:
    done = run("where", f"{SPUN}?utm_campaign=y", "--events", str(events))
    assert done.exit_code == 0, done.stderr
    lines = done.stdout.splitlines()
    assert [line.split()[0] for line in lines] == [
        "topic",
        "pages.rejected",
        "pages.failed",
        "articles",
        "stories",
    ]
    assert "http_error: status 404" in lines[1]
    assert "undecodable: not JSON (attempt 1)" in lines[2]
    assert "version 1, usable, spun, no agency" in lines[3]
    assert "2 articles on 2 hosts, ap, original on a.example" in lines[4]


def test_as_json_and_by_uri(events: Path) -> None:
    rows = [json.loads(line) for line in events.read_text().splitlines()]
    uri = next(row["value"]["uri"] for row in rows if row["topic"] == "articles")
    done = run("where", uri, "--events", str(events), "--json")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert {each["topic"] for each in found} == {"articles", "stories"}


def test_what_is_nowhere_is_said_so(events: Path) -> None:
    done = run("where", "https://nowhere.example/", "--events", str(events))
    assert done.exit_code == 2
    assert "no record about https://nowhere.example/" in done.stderr
