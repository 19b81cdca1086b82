"""Columns as an Arrow schema, in the JSON form of Arrow's integration tests.

https://arrow.apache.org/docs/format/Integration.html#json-test-data-format
"""

from collections.abc import Sequence
from typing import Any

from service.contract.schema.columns import Column, Kind

_TYPES: dict[Kind, dict[str, Any]] = {
    Kind.STRING: {"name": "utf8"},
    Kind.INTEGER: {"name": "int", "isSigned": True, "bitWidth": 64},
    Kind.NUMBER: {"name": "floatingpoint", "precision": "DOUBLE"},
    Kind.BOOLEAN: {"name": "bool"},
    Kind.LIST: {"name": "list"},
    Kind.STRUCT: {"name": "struct"},
}


def arrow_schema(columns: Sequence[Column]) -> dict[str, Any]:
    """Return the schema."""
    return {"schema": {"fields": [_field(each) for each in columns]}}


def _field(column: Column) -> dict[str, Any]:
    return {
        "name": column.name,
        "nullable": column.nullable,
        "type": _TYPES[column.kind],
        "children": [_field(each) for each in column.inside],
    }
