"""The page deploy/FIELDS.md: every property of the public values, made from their JSON Schemas.

Two kinds of sentence in a property's description have a column of their own: `Unit: pixels.` and
`Absent if there is none.`
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson

from service.contract.cloud_event import CONTRACT_VERSION
from service.contract.schema.json_schemas import json_schemas

Schema = dict[str, Any]

_SECTIONS = (
    ("article-event", "`articles`", "Every version of every article."),
    ("story-state", "`stories`", "The whole state of one story."),
    ("rejection", "`pages.rejected`", "A page that is no event."),
    ("page", "`pages.raw`", "A page in the native form, JSON mode."),
)

_HEAD = """# Fields

Every property of the public values. This page is made by `make schemas` from the models in
`service/contract`; a test checks that they agree. The JSON Schemas in
`service/contract/schema/documents/` say the same for programs, and have the internal topics too.
[DOWNSTREAM.md](DOWNSTREAM.md#what-may-change-and-what-will-not) says what may change.

`a.b` is a property of an object, `a[].b` one of each object in a list. A property without a value
is left out, never null. An empty list is written. Known words may be joined by others at any time.
"""

_TABLE = """
| name | type | meaning | unit | absent | example |
|---|---|---|---|---|---|
"""

_UNIT = re.compile(r"(?:^|(?<=\. ))Unit: ([^.]+)\. ?")
_ABSENT = re.compile(r"(?:^|(?<=\. ))Absent (.+?)\.(?: (?=[A-Z])|$)")
_LONGEST_EXAMPLE = 48  # characters


@dataclass(frozen=True, slots=True)
class Field:
    """One property, as the page tells of it; `unit` and `example` may be empty."""

    name: str
    type: str
    meaning: str
    unit: str
    absent: str
    example: str


def fields_page() -> str:
    """Return the page in Markdown; it depends on the models only."""
    schemas = json_schemas()
    parts = [_HEAD]
    for name, title, said in _SECTIONS:
        schema = schemas[f"{name}.{CONTRACT_VERSION}"]
        file = f"{name}.{CONTRACT_VERSION}.json"
        parts.append(f"\n## {title}\n\n{said} Schema: `{file}`.\n{_TABLE}")
        parts += map(_line, fields_of(schema))
    return "".join(parts)


def fields_of(schema: Schema) -> list[Field]:
    """Return the properties of a schema's values, those inside after those around them."""
    return list(_fields(schema, schema, "", schema.get("examples", [])))


def _fields(schema: Schema, root: Schema, at: str, examples: list[Any]) -> Iterator[Field]:
    required = schema.get("required", [])
    for key, value in schema.get("properties", {}).items():
        shown = [
            each[key] for each in examples if isinstance(each, dict) and each.get(key) is not None
        ]
        kind = _resolved(value, root)
        items = kind.get("items", kind.get("prefixItems", [None])[0])
        listed = None if items is None else _resolved(items, root)
        inner = kind if listed is None else listed
        said = value.get("description") or kind.get("description", "")
        yield Field(
            name=at + key,
            type=_type(kind) if listed is None else f"list of {_type(listed)}s",
            meaning=_meaning(said, inner if inner is not root else {}),
            unit=unit.group(1) if (unit := _UNIT.search(said)) else "",
            absent="never" if key in required else _absent(said),
            example=_example(shown, inner),
        )
        if "properties" in inner:
            below = shown if listed is None else [each for many in shown for each in many]
            brackets = "" if listed is None else "[]"
            yield from _fields(inner, root, f"{at}{key}{brackets}.", below)


def _resolved(schema: Schema, root: Schema) -> Schema:
    """The schema that a reference leads to, without the choice of null."""
    if "$ref" in schema:
        target: Schema = root["$defs"][schema["$ref"].rpartition("/")[2]]
        return target
    choices = [each for each in schema.get("anyOf", []) if each.get("type") != "null"]
    return choices[0] if len(choices) == 1 else schema


def _type(schema: Schema) -> str:
    if "format" in schema:
        return str(schema["format"])
    return str(schema.get("type", "value"))


def _meaning(said: str, kind: Schema) -> str:
    words = [f"`{word}`" for word in kind.get("examples", []) if kind.get("type") == "string"]
    meaning = " ".join(_ABSENT.sub("", _UNIT.sub("", said)).split())
    if all(word in meaning for word in words):
        return meaning
    return f"{meaning} Known words: {', '.join(words)}."


def _absent(said: str) -> str:
    found = _ABSENT.search(said)
    return found.group(1) if found else "where there is none"


def _example(shown: list[Any], kind: Schema) -> str:
    """The first example, if it is short and no object."""
    first = shown[0] if shown else None
    if first is None or "properties" in kind:
        return ""
    written = first if isinstance(first, str) else orjson.dumps(first).decode()
    cut = written.replace("\n", " ").replace("`", "'")
    return f"`{cut[: _LONGEST_EXAMPLE - 1]}…`" if len(cut) > _LONGEST_EXAMPLE else f"`{cut}`"


def _line(field: Field) -> str:
    cells = (f"`{field.name}`", field.type, field.meaning, field.unit, field.absent, field.example)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"
