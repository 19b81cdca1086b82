"""`copydesk fold` on files."""

import gzip
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import copydesk


def events(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


def articles(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {
        row["value"]["copydesk"]["page"]["url"].rsplit("/", 1)[-1]: row["value"]
        for row in rows
        if row["topic"] == "articles"
    }


def test_the_seed_folds_into_two_stories(shared_data: Path) -> None:
    done = copydesk("fold", str(shared_data / "seed"))
    assert done.returncode == 0, done.stderr
    assert "3 article events" in done.stderr
    found = articles(events(done.stdout))
    spun, original = found["spun.txt"], found["original.txt"]
    other = found["other_agency.txt"]
    story = original["copydesk"]["story"]
    assert spun["copydesk"]["story"]["id"] == story["id"]
    assert other["copydesk"]["story"]["id"] != story["id"]
    assert spun["copydesk"]["story"]["relation"] == "spun"
    assert story["relation"] == "original"
    for value in (spun, original):
        assert value["copydesk"]["wire"]["agency"] == "ap"
        assert value["copydesk"]["wire"]["evidence"]
    assert other["copydesk"]["wire"]["agency"] == "reuters"
    body = spun["bodies"][0]["value"]
    for unwanted in ("Uncategorized", "Copyright", "Source link", "Leave a Reply"):
        assert unwanted not in body
    assert spun["headlines"][0]["value"] not in body
    assert spun["copyrightHolder"] == "The Associated Press"
    assert spun["copyrightNotice"].startswith("Copyright 2017 The Associated Press")


def test_the_same_files_give_the_same_bytes(shared_data: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    for output in (first, second):
        done = copydesk("fold", str(shared_data / "seed"), "-o", str(output))
        assert done.returncode == 0, done.stderr
    assert first.read_bytes() == second.read_bytes() != b""


def test_any_number_of_jobs_gives_the_same_bytes(shared_data: Path, tmp_path: Path) -> None:
    outputs = []
    for jobs in ("1", "3"):
        output = tmp_path / jobs
        done = copydesk(
            "fold", "--internal", "--jobs", jobs, str(shared_data / "seed"), "-o", str(output)
        )
        assert done.returncode == 0, done.stderr
        outputs.append(output.read_bytes())
    assert outputs[0] == outputs[1]
    assert outputs[0]


def test_json_lines_with_articles_pages_and_rubbish(tmp_path: Path) -> None:
    text = (
        "HARBOR CITY (AP) — The ferry Amber Wind ran aground off Harbor City on Tuesday with 214"
        " people aboard, and all of them were taken off by fishing boats before dark, the coast"
        " guard said.\n\nCaptain Olga Reyes said the rudder had jammed 3 miles from the pier."
    )
    lines = [
        json.dumps({"url": "https://a.example/1", "article": {"title": "Aground", "text": text}}),
        json.dumps({"url": "https://b.example/2", "article": {"title": "Ferry", "text": text}}),
        json.dumps({"url": "https://a.example/1", "article": {"title": "Aground", "text": text}}),
        json.dumps({"url": "https://c.example/3", "status": 404, "text": "<p>gone</p>"}),
        "{this is not JSON",
    ]
    source = tmp_path / "pages.jsonl.gz"
    source.write_bytes(gzip.compress("\n".join(lines).encode()))
    done = copydesk("fold", str(source))
    assert done.returncode == 0, done.stderr
    rows = events(done.stdout)
    assert Counter(row["topic"] for row in rows) == {
        "articles": 2,
        "stories": 2,
        "pages.rejected": 2,
        "pages.failed": 1,
    }
    relations = [
        r["value"]["copydesk"]["story"]["relation"] for r in rows if r["topic"] == "articles"
    ]
    assert relations == ["original", "verbatim"]
    reasons = [row["value"]["reason"] for row in rows if row["topic"] == "pages.rejected"]
    assert reasons == ["unchanged", "http_error"]
    (failed,) = (row for row in rows if row["topic"] == "pages.failed")
    assert failed["value_encoding"] == "base64"
    assert failed["headers"]["copydesk-reason"] == "undecodable"


def test_internal_records_on_demand(shared_data: Path) -> None:
    done = copydesk("fold", "--internal", str(shared_data / "seed" / "spun.txt"))
    topics = {row["topic"] for row in events(done.stdout)}
    assert topics == {"articles.extracted", "articles", "stories", "fold.state"}


def test_a_broken_file_is_one_clear_line(tmp_path: Path) -> None:
    broken = tmp_path / "cut.jsonl.gz"
    broken.write_bytes(gzip.compress(b'{"url": "https://a.example/"}\n' * 100)[:60])
    done = copydesk("fold", str(broken))
    assert done.returncode == 1
    assert "cut.jsonl.gz" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("words", [("fold",), ("fold", "no-such-file"), ("nonsense",)])
def test_wrong_words_are_refused_with_a_hint(words: tuple[str, ...]) -> None:
    done = copydesk(*words)
    assert done.returncode == 2
    assert "Usage" in done.stderr


def test_if_nothing_comes_out_the_reasons_are_told_and_the_exit_code_is_1(tmp_path: Path) -> None:
    source = tmp_path / "pages.jsonl"
    source.write_text("{this is not JSON\n" * 5)
    done = copydesk("fold", "--jobs", "1", str(source))
    assert done.returncode == 1
    assert "5 failed (5 undecodable)" in done.stderr
    assert done.stderr.count("undecodable: not JSON") == 3
    assert "no article came out" in done.stderr
    assert len(events(done.stdout)) == 5


def test_an_output_has_its_name_once_it_is_whole(tmp_path: Path, shared_data: Path) -> None:
    output, broken = tmp_path / "events.jsonl", tmp_path / "cut.jsonl.gz"
    output.write_bytes(b"of yesterday")
    broken.write_bytes(gzip.compress(b'{"url": "https://a.example/"}\n' * 100)[:60])
    article = str(shared_data / "seed" / "spun.txt")
    done = copydesk("fold", "--jobs", "1", article, str(broken), "-o", str(output))
    assert done.returncode == 1
    assert output.read_bytes() == b"of yesterday"
    done = copydesk("fold", "--jobs", "1", article, "--json", "-o", str(output))
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["articles"] == 1
    assert output.read_bytes().startswith(b'{"topic":"articles"')
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []
