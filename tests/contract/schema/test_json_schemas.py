"""The contract's documents: as generated, and true of what is written and read."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings

from service.contract.article_event import ArticleEvent
from service.contract.extracted import Extracted
from service.contract.outcome import Failed, Rejected
from service.contract.schema.__main__ import FOLDER, documents, write_documents
from service.contract.schema.article_examples import example_article
from service.contract.schema.examples import example_rejection, example_story, examples
from service.contract.schema.json_schemas import json_schemas
from service.contract.serde import Model, dump, load_json
from service.contract.story import StoryEvent
from service.read.envelopes import BodyRefs, decode
from tests.contract.formats import complaints
from tests.contract.messages import json_message
from tests.contract.models import instances

SCHEMAS = json_schemas()


def properties(schema: dict[str, Any], root: dict[str, Any], at: str = "") -> Iterator[str]:
    """Every property below a schema, by its path without the places in lists."""
    if reference := schema.get("$ref"):
        schema = root["$defs"][reference.rpartition("/")[2]]
    for key, value in schema.get("properties", {}).items():
        yield f"{at}.{key}"
        yield from properties(value, root, f"{at}.{key}")
    if isinstance(items := schema.get("items"), dict):
        yield from properties(items, root, at)


def places(value: Any, at: str = "") -> set[str]:
    """The properties that a document has, likewise."""
    if isinstance(value, list):
        return set().union(*(places(each, at) for each in value))
    if isinstance(value, dict):
        inner = (places(each, f"{at}.{key}") for key, each in value.items())
        return {f"{at}.{key}" for key in value}.union(*inner)
    return set()


def test_the_checked_in_files_are_what_the_models_generate() -> None:
    checked_in = {path.name: path.read_bytes() for path in FOLDER.iterdir()}
    assert checked_in == documents(), "run `make schemas`"


def test_writing_replaces_and_removes(tmp_path: Path) -> None:
    (tmp_path / "dropped-event.1.json").write_text("{}")
    (tmp_path / "rejection.1.json").write_text("{}")
    write_documents(tmp_path)
    written = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert written == documents()


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_schema_is_one(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[name])
    thing, version = name.rsplit(".", 1)
    assert SCHEMAS[name]["$id"] == f"urn:copydesk:schema:{thing}:{version}"
    assert SCHEMAS[name]["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize(
    ("name", "example"),
    [
        ("article-event.1", example_article()),
        ("story-state.1", example_story()),
        ("rejection.1", example_rejection()),
    ],
)
def test_examples_fit_and_so_do_those_of_newer_writers(name: str, example: Model) -> None:
    document = load_json(dump(example))
    assert complaints(name, document) == []
    assert complaints(name, {**document, "addedLater": [1]}) == []
    assert complaints(name, {**document, "uri": None, "id": None}) != []


@pytest.mark.parametrize("name", examples())
def test_examples_have_every_property(name: str) -> None:
    shown = set().union(*(places(each) for each in SCHEMAS[name]["examples"]))
    assert set(properties(SCHEMAS[name], SCHEMAS[name])) - shown == set()


@pytest.mark.parametrize("name", examples())
def test_every_example_fits(name: str) -> None:
    for example in SCHEMAS[name]["examples"]:
        assert complaints(name, example) == []


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_property_is_described(name: str) -> None:
    schema = SCHEMAS[name]
    objects = [schema, *schema.get("$defs", {}).values()]
    described = [each for each in objects if "properties" in each]
    assert all(each.get("title") and each.get("description") for each in objects)
    bare = [
        f"{each['title']}.{key}"
        for each in described
        for key, value in each["properties"].items()
        if not value.get("description", "").strip()
    ]
    assert bare == []


@pytest.mark.parametrize("name", sorted(set(SCHEMAS) - {"page.1"}))
def test_words_may_grow_and_nothing_has_a_default(name: str) -> None:
    text = json.dumps(SCHEMAS[name] | {"examples": []})
    for key in ("enum", "const", "default"):
        assert f'"{key}":' not in text, key


@settings(max_examples=40)
@given(instances(ArticleEvent))
def test_every_article_event_fits(value: ArticleEvent) -> None:
    assert complaints("article-event.1", load_json(dump(value))) == []


@settings(max_examples=40)
@given(instances(StoryEvent))
def test_every_story_fits(value: StoryEvent) -> None:
    assert complaints("story-state.1", load_json(dump(value))) == []


@settings(max_examples=40)
@given(instances(Extracted))
def test_every_extracted_article_fits(value: Extracted) -> None:
    assert complaints("extracted.1", load_json(dump(value))) == []


@pytest.mark.parametrize(
    "page",
    [
        {"url": "https://g.example/a", "body": "PHA+", "headers": {"link": ["a", "b"], "x": "y"}},
        {"url": "https://g.example/a", "text": "<p>", "fetched_at": "2024-05-14T09:30:00+02:00"},
        {"url": "https://g.example/a", "article": {"text": "It reopened."}, "status": 200},
        {"url": "https://g.example/a", "body_ref": "file:///crawl/a", "crawler": "north"},
        {
            "url": "https://g.example/a",
            "text": "<p>",
            "hints": {"feed_title": "A", "robots": ["b"]},
        },
    ],
)
def test_a_page_that_fits_is_read(page: dict[str, Any]) -> None:
    assert complaints("page.1", page) == []
    assert decode(json_message(page), body_refs=BodyRefs(("file:///crawl",))).url == page["url"]


@pytest.mark.parametrize(
    "page",
    [
        {"text": "<p>"},
        {"url": "https://g.example/a"},
        {"url": "https://g.example/a", "text": "<p>", "body": "PHA+"},
        {"url": "https://g.example/a", "text": ["<p>"]},
        {"url": "https://g.example/a", "text": "<p>", "status": 20},
        {"url": "https://g.example/a", "text": "<p>", "headers": {"link": {}}},
        {"url": "https://g.example/a", "article": {"title": "Bridge"}},
    ],
)
def test_a_page_that_does_not_fit_is_not(page: dict[str, Any]) -> None:
    assert complaints("page.1", page) != []
    with pytest.raises((Failed, Rejected)):
        decode(json_message(page))


def test_the_documents_are_the_same_bytes_each_time() -> None:
    assert documents() == documents()
    for name, content in documents().items():
        assert content.endswith(b"\n")
        if name.endswith(".json"):
            json.loads(content)
