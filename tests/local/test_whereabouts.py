"""What became of an address, over all topics."""

import json
from pathlib import Path

import pytest

from service.contract.record import Record, Topic
from service.local.article_reference import ArticleReference
from service.local.fold_output import records_of
from service.local.inputs.compressed import InputLimits
from service.local.whereabouts import Whereabouts

URL = "https://a.example/ferry"
AT = 1_773_122_400_000  # 2026-03-10T06:00:00Z


def test_a_raw_page_is_found_by_its_key_in_any_spelling() -> None:
    about = Whereabouts(ArticleReference(URL))
    about.add(Record(Topic.RAW, f"{URL}?utm_source=x".encode(), b"<p>" * 700, timestamp=AT))
    about.add(Record(Topic.RAW, b"https://a.example/other", b"<p>", timestamp=AT))
    about.add(Record(Topic.RAW, None, b"<p>"))
    [found] = about.sightings
    assert found.at == "2026-03-10T06:00:00+00:00"
    assert found.what == "a page of 2,100 bytes"


def test_an_extracted_article_is_found_by_its_addresses() -> None:
    about = Whereabouts(ArticleReference(URL))
    article = {"uri": "urn:x", "url": f"{URL}?a", "canonical_url": URL, "title": "Aground"}
    about.add(Record(Topic.EXTRACTED, None, json.dumps({"article": article}).encode()))
    assert [each.what for each in about.sightings] == ["read: Aground"]


@pytest.mark.parametrize("topic", list(Topic))
@pytest.mark.parametrize("value", [None, b"", b"[]", b'{"url": 3}', b'{"copydesk": {}}', b"\xff"])
def test_what_is_not_ours_is_passed_over(topic: Topic, value: bytes | None) -> None:
    about = Whereabouts(ArticleReference(URL))
    about.add(Record(topic, b"\xff", value))
    assert about.sightings == []


def test_stored_records_are_as_they_were(tmp_path: Path) -> None:
    rows = [
        {
            "topic": "pages.failed",
            "key": "k",
            "headers": {"a": ["1", "2"]},
            "value": "e2JhZA==",
            "value_encoding": "base64",
        },
        {"topic": "stories", "key": None, "headers": {}, "value": None},
        {"topic": "elsewhere", "key": None, "headers": {}, "value": 1},
        {"no": "record"},
    ]
    path = tmp_path / "events.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows) + "{broken\n")
    failed, story = records_of(path, InputLimits())
    assert failed.value == b"{bad"
    assert failed.headers == (("a", b"1"), ("a", b"2"))
    assert story == Record(Topic.STORIES, None, None)
