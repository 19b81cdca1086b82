"""The page of all fields: as generated, and whole."""

from service.contract.schema.__main__ import FIELDS_PAGE
from service.contract.schema.examples import examples
from service.contract.schema.fields_page import Field, fields_of, fields_page
from service.contract.schema.json_schemas import json_schemas

SCHEMA = {
    "type": "object",
    "properties": {
        "width": {"type": "integer", "description": "Of it. Unit: pixels. Absent if unknown."},
        "parts": {"type": "array", "items": {"$ref": "#/$defs/Part"}, "description": "All."},
        "kind": {"$ref": "#/$defs/Kind", "description": "Of a|b."},
    },
    "required": ["parts"],
    "$defs": {
        "Part": {"type": "object", "properties": {"at": {"type": "string", "format": "uri"}}},
        "Kind": {"type": "string", "examples": ["new"]},
    },
    "examples": [{"parts": []}, {"width": 7, "parts": [{"at": "urn:x"}], "kind": "new"}],
}


def test_the_page_agrees_with_the_models() -> None:
    assert FIELDS_PAGE.read_text(encoding="utf-8") == fields_page(), "run `make schemas`"


def test_a_schema_becomes_rows() -> None:
    assert fields_of(SCHEMA) == [
        Field("width", "integer", "Of it.", "pixels", "if unknown", "`7`"),
        Field("parts", "list of objects", "All.", "", "never", ""),
        Field("parts[].at", "uri", "", "", "where there is none", "`urn:x`"),
        Field("kind", "string", "Of a|b. Known words: `new`.", "", "where there is none", "`new`"),
    ]


def test_every_field_has_a_meaning_and_an_example() -> None:
    for name in examples():
        for field in fields_of(json_schemas()[name]):
            assert field.meaning, field.name
            assert field.example or "object" in field.type, field.name


def test_a_long_example_is_cut_and_stays_in_its_cell() -> None:
    shown = {"type": "object", "properties": {"text": {"type": "string"}}}
    (field,) = fields_of({**shown, "examples": [{"text": "one `two`\n" * 20}]})
    assert field.example.startswith("`one 'two' one")
    assert field.example.endswith("…`")
    assert "\n" not in field.example
