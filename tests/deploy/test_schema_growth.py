"""The contract only grows: those who rely on a released version go on working with this one."""

import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from service.contract.schema.json_schemas import json_schemas
from tests.deploy.schema_growth import breaks_readers, breaks_writers

RELEASED = Path(__file__).parent / "released"
"""The schemas of each release, kept as they were: add a folder with each, and change none."""

KEPT = sorted(RELEASED.rglob("*.json"))
INPUT = "page"

Change = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize("path", KEPT, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_released_schema_still_holds(path: Path) -> None:
    old, new = json.loads(path.read_text()), json_schemas().get(path.stem)
    assert new is not None, "an old version is still written, or read, until it is given up"
    check = breaks_writers if path.stem.startswith(INPUT) else breaks_readers
    assert check(old, new) == [], "make it an addition, or a new version of the schema"


def test_what_is_public_is_kept() -> None:
    assert {path.stem.partition(".")[0] for path in KEPT} == {
        "article-event",
        "story-state",
        "rejection",
        "page",
    }


OLD: dict[str, Any] = {
    "type": "object",
    "required": ["uri"],
    "properties": {
        "uri": {"type": "string"},
        "relation": {"type": "string", "enum": ["original", "copy"]},
        "hosts": {"type": "array", "items": {"$ref": "#/$defs/Host"}},
        "type": {"type": "string", "const": "text", "default": "text"},
    },
    "$defs": {"Host": {"type": "object", "properties": {"name": {"type": "string"}}}},
}


def changed(change: Change) -> dict[str, Any]:
    new = deepcopy(OLD)
    change(new)
    return new


@pytest.mark.parametrize(
    "change",
    [
        lambda new: new["properties"].update(language={"type": "string"}),
        lambda new: new["properties"]["relation"]["enum"].append("spun"),
        lambda new: new["$defs"]["Host"]["properties"].update(country={"type": "string"}),
        lambda new: new["properties"]["uri"].update(description="another word for it"),
        lambda new: new["properties"]["relation"].pop("enum"),
        lambda new: new["properties"]["type"].pop("const"),
    ],
)
def test_growth_breaks_nobody(change: Change) -> None:
    assert breaks_readers(OLD, changed(change)) == []
    assert breaks_writers(OLD, changed(change)) == []


def test_what_was_always_written_may_be_required() -> None:
    assert breaks_readers(OLD, changed(lambda new: new["required"].append("type"))) == []


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        (lambda new: new["properties"].pop("relation"), "$.relation is gone"),
        (
            lambda new: new["$defs"]["Host"]["properties"]["name"].update(type="integer"),
            "$.hosts[items].name: type was 'string' and is 'integer'",
        ),
        (lambda new: new["required"].clear(), "$.uri may be absent now"),
        (lambda new: new["required"].append("hosts"), "$.hosts is absent from older values"),
        (lambda new: new["required"].append("added"), "$.added is absent from older values"),
        (
            lambda new: new["properties"]["type"].update(const="page"),
            "$.type: const was 'text' and is 'page'",
        ),
    ],
)
def test_what_breaks_readers_is_named(change: Change, broken: str) -> None:
    assert breaks_readers(OLD, changed(change)) == [broken]


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        (lambda new: new["required"].append("hosts"), "$.hosts is demanded now"),
        (lambda new: new["properties"]["uri"].update(maxLength=10), "$.uri: maxLength is tighter"),
        (lambda new: new["properties"]["relation"]["enum"].remove("copy"), "refuses ['copy']"),
    ],
)
def test_what_breaks_writers_is_named(change: Change, broken: str) -> None:
    (found,) = breaks_writers(OLD, changed(change))
    assert broken in found
