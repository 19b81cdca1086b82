"""DuckDB over what copydesk writes: every form gives the answers that DOWNSTREAM.md prints."""

import gzip
import json
import random
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from deploy.examples.index_articles import TABLES, enter
from service.cli.output_file import record_output
from service.contract.record import Record, Topic
from service.local.json_record import json_line
from tests.deploy.analyst_section import EXAMPLES, shown_program, shown_questions, table
from tests.deploy.documents import ROOT
from tests.deploy.folded_sample import PUBLIC, sample_lines, sample_records
from tests.deploy.test_downstream_order import written

Day = duckdb.DuckDBPyConnection


def of_lines(*paths: Path) -> Day:
    return opened("from_lines", events=list(map(str, paths)))


def opened(source: str, **variables: Any) -> Day:
    """A database with the views, over one form of the events."""
    day = duckdb.connect(config={"threads": 1})
    for name, value in variables.items():
        day.execute(f"SET VARIABLE {name} = {value!r}")
    for name in (source, "current"):
        day.execute((EXAMPLES / f"{name}.sql").read_text(encoding="utf-8"))
    return day


def value_lines(records: Iterable[Record]) -> bytes:
    return b"".join((record.value or b"null") + b"\n" for record in records)


def as_fold_writes(folder: Path) -> Day:
    (folder / "events.jsonl.gz").write_bytes(gzip.compress(sample_lines()))
    return of_lines(folder / "events.jsonl.gz")


def as_tail_writes(folder: Path) -> Day:
    """A dump of each topic: the partitions by turns, and within each the order of writing."""
    return of_lines(*(dump_of(topic, folder, json_line) for topic in PUBLIC))


def as_kcat_writes(folder: Path) -> Day:
    """`kcat -J`: the value is text in the line."""

    def line(record: Record) -> bytes:
        payload = (record.value or b"").decode()
        row = {"topic": f"desk.{record.topic}", "partition": 0, "offset": 7, "payload": payload}
        return json.dumps(row).encode() + b"\n"

    return of_lines(*(dump_of(topic, folder, line) for topic in PUBLIC))


def as_bare_values(folder: Path) -> Day:
    return of_lines(
        *(dump_of(topic, folder, lambda record: value_lines([record])) for topic in PUBLIC)
    )


def dump_of(topic: Topic, folder: Path, line: Callable[[Record], bytes]) -> Path:
    records = [each for each in sample_records() if each.topic is topic]
    path = folder / f"{topic}.jsonl"
    path.write_bytes(
        b"".join(
            line(each)
            for partition in range(4)
            for each in records
            if sum(each.key or b"") % 4 == partition
        )
    )
    return path


def as_parquet(folder: Path) -> Day:
    with record_output(folder / "crawl.parquet") as write:
        for record in sample_records():
            write(record)
    return opened(
        "from_parquet",
        articles=str(folder / "crawl.parquet"),
        stories=str(folder / "crawl.stories.parquet"),
    )


FORMS = [as_fold_writes, as_tail_writes, as_kcat_writes, as_bare_values, as_parquet]


def test_every_form_gives_the_answers_that_the_document_prints(tmp_path: Path) -> None:
    """In one test, which reads the crawl once."""
    questions = shown_questions()
    assert len(questions) == 6
    for form in FORMS:
        day = form(tmp_path)
        for sql, printed in questions:
            if form is as_parquet and "current_translations" in sql:
                assert day.execute(sql).fetchall() == []
                continue
            assert answer(day, sql) == printed, form.__name__


def answer(day: Day, sql: str) -> str:
    done = day.execute(sql)
    return table([column[0] for column in done.description], done.fetchall())


def test_the_program_of_the_document_opens_a_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "deploy").symlink_to(ROOT / "deploy")
    (tmp_path / "events.jsonl").write_text(json.dumps(event(1, "text")) + "\n")
    names: dict[str, Any] = {}
    exec(shown_program(), names)
    day: Day = names["day"]
    assert day.execute("SELECT uri FROM current_articles").fetchall() == [("u",)]
    day.close()


def test_in_any_order_the_articles_are_those_of_the_other_example(tmp_path: Path) -> None:
    """With decisions of the operator: merges, separations, withdrawals and what came back."""
    found = written(1)
    articles = list(found.articles)
    random.Random(7).shuffle(articles)
    (tmp_path / "articles.jsonl").write_bytes(value_lines(articles))
    states = "".join(json.dumps(state) + "\n" for state in found.stories.values())
    (tmp_path / "stories.jsonl").write_text(states)
    day = of_lines(tmp_path / "articles.jsonl", tmp_path / "stories.jsonl")
    rows = sqlite3.connect(":memory:")
    rows.executescript(TABLES)
    for record in articles:
        enter(rows, json.loads(record.value or b""))
    expected = [
        (uri, found.story_of(story), *more)
        for uri, story, *more in rows.execute(
            "SELECT uri, story, relation, version, url, headline, body FROM articles"
            " WHERE status = 'usable' ORDER BY uri"
        )
    ]
    assert (
        day.execute(
            "SELECT uri, story, relation, version, url, headline, body FROM current_articles"
            " ORDER BY uri"
        ).fetchall()
        == expected
    )
    withdrawn = rows.execute("SELECT uri FROM articles WHERE status = 'canceled' ORDER BY uri")
    assert (
        day.execute("SELECT uri FROM withdrawn_articles ORDER BY uri").fetchall()
        == withdrawn.fetchall()
        != []
    )
    active = [story for story, state in found.stories.items() if state["status"] == "active"]
    assert day.execute("SELECT id FROM current_stories ORDER BY id").fetchall() == [
        (story,) for story in sorted(active)
    ]
    merged = [story for story, state in found.stories.items() if state["status"] == "merged"]
    assert dict(day.execute("FROM merged_stories").fetchall()) == {
        story: found.story_of(story) for story in merged
    }
    assert merged


def event(version: int, text: str | None) -> dict[str, Any]:
    """An event of version 0.1.0, without a sequence, with its local time."""
    return {
        "uri": "u",
        "version": str(version),
        "pubStatus": "usable" if text else "canceled",
        "firstCreated": "2026-03-10T01:00:00+05:30",
        "bodies": [{"value": text}] if text else [],
        "copydesk": {"page": {}, "wire": {}, "story": {"id": "s", "relation": "original"}},
    }


@pytest.mark.parametrize(
    ("events", "body"),
    [
        ([event(1, "old"), event(2, "new")], "new"),
        ([event(2, "new"), event(1, "old")], "new"),
        ([event(1, None), event(1, "old")], None),
        ([event(2, "new"), event(1, None)], "new"),
    ],
)
def test_events_without_a_sequence_go_by_their_version(
    events: list[dict[str, Any]], body: str | None, tmp_path: Path
) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in events))
    day = of_lines(path)
    found = day.execute("SELECT body, strftime(published, '%d %H:%M') FROM current_articles")
    assert found.fetchall() == ([] if body is None else [(body, "09 19:30")])


def test_a_day_without_events_has_no_rows(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    rejected = Record(Topic.REJECTED, b"https://a.example/", b'{"reason":"wall"}')
    path.write_bytes(json_line(rejected))
    day = of_lines(path)
    for view in (
        "current_articles",
        "current_stories",
        "withdrawn_articles",
        "current_translations",
    ):
        assert day.execute(f"SELECT count(*) FROM {view}").fetchall() == [(0,)]


def test_translations_follow_merges_and_withdrawals_in_every_form_of_lines(tmp_path: Path) -> None:
    def state(id: str, language: str, status: str = "active", into: str | None = None) -> bytes:
        value = {"id": id, "language": language, "headline": id, "status": status}
        original = {"uri": id, "host": f"{id}.example", "why": "agency_host", "basis": "seen"}
        more = {"merged_into": into} if into else {}
        return json.dumps(value | more | {"original": original, "host_count": 1}).encode()

    def said(story: str, *others: tuple[str, float], of: str | None = None) -> Record:
        found = [{"story": other, "score": score, "language": "x"} for other, score in others]
        value = {"story": story, "language": "x", "translations": found}
        more = {"translation_of": of, "why": "named"} if of else {}
        return Record(
            Topic.STORIES, f"translations/{story}".encode(), json.dumps(value | more).encode()
        )

    records = [
        Record(Topic.STORIES, b"en", state("en", "en")),
        Record(Topic.STORIES, b"de", state("de", "de", "merged", "neu")),
        Record(Topic.STORIES, b"neu", state("neu", "de")),
        Record(Topic.STORIES, b"es", state("es", "es", "withdrawn")),
        said("en", ("fr", 0.9)),
        said("en", ("de", 0.5), ("neu", 0.8), ("es", 0.9)),
        said("neu", ("en", 0.8), of="en"),
    ]
    for name, lines in (("lines", map(json_line, records)), ("values", [value_lines(records)])):
        path = tmp_path / f"{name}.jsonl"
        path.write_bytes(b"".join(lines))
        day = of_lines(path)
        found = day.execute(
            "SELECT story, other, other_language, other_host, score, is_source, why"
            " FROM current_translations ORDER BY story"
        ).fetchall()
        assert found == [
            ("en", "neu", "de", "neu.example", 0.8, False, None),
            ("neu", "en", "en", "en.example", 0.8, True, "named"),
        ]
        assert day.execute("SELECT count(*) FROM story_events").fetchall() == [(4,)]
