"""What is known of each article and story in the end."""

import io
from typing import Any

import orjson
import pytest

from service.contract.record import Record, Topic
from service.local.last_records import FIRST_FETCHED, LastRecords


def event(uri: str, sequence: int, text: str | None = "Text.", **more: Any) -> Record:
    """An event about an article; without a text it takes the article down."""
    partial = more.get("relation") is not None
    page = {"fetched_at": at} if (at := more.get("at")) else {}
    value = {
        "uri": uri,
        "pubStatus": "usable" if text or partial else "canceled",
        "bodies": [{"value": text}] if text and not partial else [],
        "copydesk": {
            "page": page,
            "sequence": sequence,
            "story": {"id": "s", "relation": more.get("relation", "original")},
        },
    }
    if partial:
        value["representationType"] = "partial"
    return Record(Topic.ARTICLES, b"s", orjson.dumps(value))


def story(status: str, **more: Any) -> Record:
    return Record(Topic.STORIES, b"s", orjson.dumps({"id": "s", "status": status, **more}))


def last_of(*records: Record) -> LastRecords:
    last = LastRecords(io.BytesIO())
    for record in records:
        last.add(record)
    return last


def test_an_article_is_one_row_with_its_last_version() -> None:
    last = last_of(event("a", 1, "old"), event("b", 2), event("a", 3, "new"))
    rows = {row["uri"]: row for row in last.articles()}
    assert list(rows) == ["a", "b"]
    assert rows["a"]["bodies"] == [{"value": "new"}]


def test_what_is_restated_keeps_its_text() -> None:
    last = last_of(event("a", 1, "text"), event("a", 2, relation="spun"))
    (row,) = last.articles()
    assert row["bodies"] == [{"value": "text"}]
    assert row["copydesk"]["story"]["relation"] == "spun"
    assert row["copydesk"]["sequence"] == 2
    assert "representationType" not in row


def test_a_version_after_a_restatement_has_its_own_place() -> None:
    last = last_of(event("a", 1), event("a", 2, relation="spun"), event("a", 3, "new"))
    (row,) = last.articles()
    assert row["copydesk"]["story"]["relation"] == "original"
    assert row["copydesk"]["sequence"] == 3


def test_what_is_taken_down_is_there_without_a_text() -> None:
    last = last_of(event("a", 1), event("a", 2, text=None))
    (row,) = last.articles()
    assert (row["pubStatus"], row["bodies"]) == ("canceled", [])


@pytest.mark.parametrize(
    "times",
    [
        ("2026-03-10T06:00:00+00:00", "2026-03-10T09:00:00+00:00", None),
        ("2026-03-10T09:00:00+00:00", "2026-03-10T08:00:00+02:00", None),
        (None, "2026-03-10T08:00:00+02:00", "2026-03-10T06:00:00+00:00"),
    ],
)
def test_the_earliest_fetch_of_an_article_is_kept(times: tuple[str | None, ...]) -> None:
    last = last_of(*(event("a", number, at=at) for number, at in enumerate(times)))
    (row,) = last.articles()
    assert row[FIRST_FETCHED] in ("2026-03-10T06:00:00+00:00", "2026-03-10T08:00:00+02:00")


def test_without_a_time_of_fetch_there_is_none() -> None:
    (row,) = last_of(event("a", 1)).articles()
    assert FIRST_FETCHED not in row


def test_a_story_is_one_row_with_its_last_state() -> None:
    last = last_of(story("active"), event("a", 1), story("merged", merged_into="t"))
    assert list(last.stories()) == [{"id": "s", "status": "merged", "merged_into": "t"}]


def test_other_topics_and_deletions_are_passed_over() -> None:
    last = last_of(
        Record(Topic.REJECTED, b"https://a.example/", b'{"reason":"wall"}'),
        Record(Topic.FAILED, None, b"not JSON"),
        Record(Topic.STORIES, b"s", None),
    )
    assert [*last.articles(), *last.stories()] == []


def test_translations_are_no_state_of_a_story() -> None:
    said = Record(Topic.STORIES, b"translations/s", b'{"story": "s", "translations": []}')
    assert [row["status"] for row in last_of(story("active"), said).stories()] == ["active"]
