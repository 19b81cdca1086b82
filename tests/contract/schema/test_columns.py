"""Columns of the public values, as Spark and Arrow declare them."""

import json
from typing import Any

import pytest

from service.contract.schema.__main__ import documents
from service.contract.schema.arrow import arrow_schema
from service.contract.schema.columns import Column, Kind, NoColumn, columns_of
from service.contract.schema.examples import examples
from service.contract.schema.json_schemas import json_schemas
from service.contract.schema.spark import spark_ddl

TABLES = ("article-event.1", "story-state.1", "rejection.1")
SCHEMA = {
    "type": "object",
    "properties": {
        "id": {"type": "string"},
        "score": {"type": "number"},
        "span": {"type": "array", "prefixItems": [{"type": "integer"}, {"type": "integer"}]},
        "parts": {"type": "array", "items": {"$ref": "#/$defs/Part"}},
    },
    "required": ["id"],
    "$defs": {
        "Part": {
            "type": "object",
            "properties": {"by": {"type": "string"}, "own": {"type": "boolean"}},
            "required": ["own"],
        }
    },
}


def test_a_schema_becomes_columns() -> None:
    part = Column(
        "element",
        Kind.STRUCT,
        False,
        (Column("by", Kind.STRING, True), Column("own", Kind.BOOLEAN, False)),
    )
    assert columns_of(SCHEMA) == (
        Column("id", Kind.STRING, False),
        Column("score", Kind.NUMBER, True),
        Column("span", Kind.LIST, True, (Column("element", Kind.INTEGER, False),)),
        Column("parts", Kind.LIST, True, (part,)),
    )


@pytest.mark.parametrize(
    "shapeless",
    [
        {"type": "object", "additionalProperties": {"type": "integer"}},
        {"anyOf": [{"type": "string"}, {"type": "integer"}]},
        {"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}]},
    ],
)
def test_what_has_no_fixed_shape_has_no_column(shapeless: dict[str, Any]) -> None:
    with pytest.raises(NoColumn, match="counts"):
        columns_of({"properties": {"counts": shapeless}})


def test_columns_in_sparks_words() -> None:
    assert spark_ddl(columns_of(SCHEMA)).splitlines() == [
        "`id` STRING,",
        "`score` DOUBLE,",
        "`span` ARRAY<BIGINT>,",
        "`parts` ARRAY<STRUCT<`by`: STRING, `own`: BOOLEAN>>",
    ]


def test_columns_in_arrows_words() -> None:
    first, *_, last = arrow_schema(columns_of(SCHEMA))["schema"]["fields"]
    assert first == {"name": "id", "nullable": False, "type": {"name": "utf8"}, "children": []}
    (item,) = last["children"]
    assert (item["type"], item["nullable"]) == ({"name": "struct"}, False)
    assert [child["name"] for child in item["children"]] == ["by", "own"]


@pytest.mark.parametrize("name", TABLES)
def test_every_public_output_has_both(name: str) -> None:
    columns = columns_of(json_schemas()[name])
    made = documents()
    assert made[f"{name}.spark.ddl"].decode() == spark_ddl(columns)
    assert json.loads(made[f"{name}.arrow.json"]) == arrow_schema(columns)


@pytest.mark.parametrize("name", TABLES)
def test_examples_fit_their_columns(name: str) -> None:
    columns = columns_of(json_schemas()[name])
    for example in examples()[name]:
        assert_fits(Column(name, Kind.STRUCT, False, columns), example)


def assert_fits(column: Column, value: Any) -> None:
    """Check a value as a writer of rows does: no column is missing, and each is of its type."""
    types: dict[Kind, type[Any] | tuple[type[Any], ...]] = {
        Kind.STRING: str,
        Kind.INTEGER: int,
        Kind.NUMBER: (int, float),
        Kind.BOOLEAN: bool,
        Kind.LIST: list,
        Kind.STRUCT: dict,
    }
    assert isinstance(value, types[column.kind]), column.name
    if column.kind is Kind.LIST:
        for each in value:
            assert_fits(column.inside[0], each)
    elif column.kind is Kind.STRUCT:
        known = {each.name: each for each in column.inside}
        assert value.keys() <= known.keys()
        for name, each in known.items():
            if name in value:
                assert_fits(each, value[name])
            else:
                assert each.nullable, name
