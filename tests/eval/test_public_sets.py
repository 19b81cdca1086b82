"""Public sets are read from small files of their form."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.eval.public_sets import load_core, load_news_copy
from tests.eval.real_rows import RealRow


def stories(rows: Sequence[RealRow]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(row.story, set()).add(row.id)
    return found


def written(folder: Path, name: str, content: object) -> Path:
    path = folder / name
    path.write_text(json.dumps(content), "utf-8")
    return path


def test_news_copy(tmp_path: Path) -> None:
    texts = {
        "1-Jan-02-1955-p-1": {"byline": "By AP", "article": "The mill burnt down."},
        "2-Jan-02-1955-p-1": {"byline": "", "article": "Tbe mill burnt dovvn."},
        "3-Jan-03-1955-p-1": {"byline": "", "article": "Mill burnt down."},
        "4-Jan-02-1955-p-2": {"byline": "", "article": "A fair opened."},
    }
    one, two, three, four = texts
    labels = written(tmp_path, "labels.json", [[one, two], [three, two], ["not there", four]])
    rows = load_news_copy(written(tmp_path, "articles.json", texts), labels)
    assert {row.id: row.text for row in rows}[one] == "The mill burnt down."
    assert sorted(map(sorted, stories(rows).values())) == [[one, two, three], [four]]


def test_core(tmp_path: Path) -> None:
    lines = [
        {
            "core_id": "11",
            "original_title": "On mills",
            "original_abstract": "We grind.",
            "labelled_duplicates": ["12"],
        },
        {
            "core_id": 12,
            "original_title": None,
            "original_abstract": "We grind.",
            "labelled_duplicates": ["11"],
        },
        {
            "core_id": "13",
            "original_title": "On fairs",
            "original_abstract": "We sell.",
            "labelled_duplicates": [],
        },
    ]
    path = tmp_path / "core.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    rows = load_core(path)
    assert [row.text for row in rows] == ["On mills\nWe grind.", "We grind.", "On fairs\nWe sell."]
    assert sorted(map(sorted, stories(rows).values())) == [["11", "12"], ["13"]]


def test_another_form_is_refused(tmp_path: Path) -> None:
    labels = written(tmp_path, "labels.json", [])
    with pytest.raises(ValueError, match=r"articles\.json"):
        load_news_copy(written(tmp_path, "articles.json", [1]), labels)
    with pytest.raises(ValueError, match="form of NEWS-COPY"):
        load_news_copy(written(tmp_path, "articles.json", {"a": {"body": ""}}), labels)
    with pytest.raises(ValueError, match=r"line 1 of core\.json"):
        load_core(written(tmp_path, "core.json", {"core_id": "1"}))
