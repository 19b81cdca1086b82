"""A page, a crawler or a file name tries to write to the terminal of whoever reads our output.

Its titles, hosts, addresses and errors carry terminal escapes (clear the screen, set the title,
answer-back), C1 controls, line breaks that forge a second line, and overrides of direction that
show `exe.gpj` as `jpg.exe`.
"""

import io
import json
import logging
import re
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from service.cli.one_line import describe
from service.cli.story_table import print_outcomes
from service.contract.record import Record, Topic
from service.local.json_record import json_line
from service.local.outcome_counts import OutcomeCounts
from service.text.printable import several_lines
from service.worker.observe.event_lines import log_record
from service.worker.observe.logs import JsonLines, TextLines
from tests.cli.running import copydesk

CLI = Path(__file__).parents[2] / "service" / "cli"

EVIL = (
    "\x1b[2J\x1b]0;owned\x07\x9b31m\x08\x00\r\nERROR forged: line\u2028\x7f"
    "\u202agnp\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200fend"
)
NEVER = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")

ARTICLE: dict[str, Any] = {
    "uri": "urn:copydesk:article:1",
    "bodies": [{"value": EVIL}],
    "headlines": [{"value": f"Title {EVIL}"}],
    "pubStatus": "usable",
    "copydesk": {
        "story": {"id": "s", "relation": "original"},
        "page": {"host": f"host.example{EVIL}", "url": f"https://host.example/{EVIL}"},
        "wire": {"agency": f"agency{EVIL}"},
    },
}
STORY = {
    "id": "s",
    "status": "active",
    "copies": 0,
    "host_count": 1,
    "headline": f"Story {EVIL}",
    "agency": f"agency{EVIL}",
    "original": {"host": EVIL},
}
REJECTED = {"reason": "no_article", "url": f"https://x.example/{EVIL}", "detail": EVIL}

RECORDS = [
    Record(Topic.ARTICLES, EVIL.encode(), json.dumps(ARTICLE).encode()),
    Record(Topic.STORIES, b"s", json.dumps(STORY, ensure_ascii=False).encode()),
    Record(Topic.REJECTED, EVIL.encode(), json.dumps(REJECTED, ensure_ascii=False).encode()),
    Record(
        Topic.FAILED,
        EVIL.encode(),
        EVIL.encode(),
        (
            ("copydesk-reason", b"undecodable"),
            ("__connect.errors.stage", b"read"),
            ("__connect.errors.topic", EVIL.encode()),
            ("__connect.errors.exception.message", EVIL.encode()),
        ),
    ),
    Record(Topic.ARTICLES, b"key", b'{\n "of another program": [\r\n "\xc2\x9b" ] }'),
    Record(Topic.STORIES, b"key", json.dumps({"status": EVIL}).encode()),
]


@pytest.mark.parametrize("record", RECORDS)
def test_tail_prints_one_line_without_controls(record: Record) -> None:
    line = describe(record)
    assert NEVER.search(line) is None
    assert "\n" not in line


@pytest.mark.parametrize("record", RECORDS)
def test_tail_json_prints_one_line_that_is_the_same_value(record: Record) -> None:
    line = json_line(record).decode()
    assert line.count("\n") == 1
    assert NEVER.search(line) is None
    row = json.loads(line)
    assert row["key"] == (record.key or b"").decode()
    if "value_encoding" not in row:
        assert row["value"] == json.loads(record.value or b"null")


def test_the_table_of_the_demo_has_none() -> None:
    counts = OutcomeCounts()
    for record in RECORDS[:4]:
        counts.add(record)
    sink = io.StringIO()
    print_outcomes(Console(file=sink, width=200, force_terminal=False), counts)
    printed = sink.getvalue()
    assert "Title" in printed
    assert NEVER.search(printed) is None
    assert not any(line.startswith("ERROR forged") for line in printed.splitlines())


def test_explain_prints_none() -> None:
    assert NEVER.search(several_lines(EVIL)) is None


def test_explaining_hostile_pages_prints_none(tmp_path: Path) -> None:
    words = " ".join(f"word{number} said minister parliament" for number in range(40))
    body = f"<html lang=en><head><title>T{EVIL}</title></head><body><article><h1>T{EVIL}</h1>"
    body += "".join(f"<p>{words} {EVIL} number {part}.</p>" for part in range(4))
    for name in ("a.html", "b.html"):
        (tmp_path / name).write_text(body + "</article></body></html>", encoding="utf-8")
    pages = [str(tmp_path / name) for name in ("a.html", "b.html")]
    for more in ([], ["--json"]):
        done = copydesk("explain", *pages, *more)
        assert done.returncode == 0, done.stderr
        # Around a cell with right-to-left words `explain` itself prints U+200E.
        assert NEVER.search((done.stdout + done.stderr).replace("\u200e", "")) is None


@pytest.mark.parametrize("kind", [JsonLines, TextLines])
@pytest.mark.parametrize("record", RECORDS[:4])
def test_log_lines_have_none(
    kind: type[JsonLines] | type[TextLines], record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    sink = io.StringIO()
    handler = logging.StreamHandler(sink)
    handler.setFormatter(kind())
    logger = logging.getLogger("copydesk")
    monkeypatch.setattr(logger, "handlers", [handler])
    monkeypatch.setattr(logger, "propagate", False)
    monkeypatch.setattr(logger, "level", logging.DEBUG)
    logger.manager._clear_cache()  # type: ignore[attr-defined]
    log_record(record)
    logger.manager._clear_cache()  # type: ignore[attr-defined]
    written = sink.getvalue()
    assert NEVER.search(written) is None
    assert len(written.splitlines()) <= 1


@pytest.mark.parametrize("kind", [JsonLines, TextLines])
def test_an_error_message_cannot_forge_a_log_line(
    kind: type[JsonLines] | type[TextLines],
) -> None:
    sink = io.StringIO()
    handler = logging.StreamHandler(sink)
    handler.setFormatter(kind())
    logger = logging.Logger("copydesk")
    logger.addHandler(handler)
    try:
        raise ValueError(f"cannot read {EVIL}")
    except ValueError:
        logger.exception("at %s", EVIL, extra={"url": EVIL})
    written = sink.getvalue()
    assert NEVER.search(written) is None
    assert not any(line.startswith("ERROR") for line in written.splitlines())


def test_the_name_of_a_broken_file_is_safe_in_the_error(tmp_path: Path) -> None:
    evil = tmp_path / "x\x1b[2J\u202e\n.warc.gz"
    evil.write_bytes(b"not gzip")
    done = copydesk("fold", str(evil))
    assert done.returncode == 1
    assert "compressed data is broken" in done.stderr
    assert NEVER.search(done.stderr) is None


def test_an_address_that_is_explained_is_safe() -> None:
    evil = "https://x.example/\u202ea\x9b?b=\x1b[2J"
    for more in ([], ["--json"]):
        done = copydesk("explain-url", evil, *more)
        assert NEVER.search(done.stdout + done.stderr) is None
        if more and done.returncode == 0:
            assert json.loads(done.stdout)["url"] == evil


def test_commands_print_only_through_the_safe_functions() -> None:
    unsafe = re.compile(r"click\.(secho|echo)\(|sys\.stdout\.write\(|(?<![\w.])print\(")
    found = [
        f"{path.name}: {line.strip()}"
        for path in sorted(CLI.glob("*.py"))
        if path.name != "say.py"
        for line in path.read_text(encoding="utf-8").splitlines()
        if unsafe.search(line)
    ]
    assert found == []
