"""JSON Schemas as columns: what tables and files of other systems are declared by.

Every value of a public output topic has a fixed shape: objects of known properties, lists of one
type, and scalars. Moments stay text: as a timestamp they would lose their offset.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Schema = dict[str, Any]


class Kind(StrEnum):
    """Type of a column; `LIST` and `STRUCT` have columns inside."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    LIST = "array"
    STRUCT = "object"


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    `nullable` is True unless every record has it. `inside` are the columns of a struct, or the one
    column of a list's items, which is called `element`.
    """

    name: str
    kind: Kind
    nullable: bool
    inside: tuple["Column", ...] = ()


class NoColumn(ValueError):
    """A property that has no fixed shape, such as an object of any keys."""


def columns_of(schema: Schema) -> tuple[Column, ...]:
    """Return the columns of a schema's values, in the order of the schema.

    Raises:
        NoColumn: a property has no fixed shape.
    """
    return _inside(schema, schema)


def _inside(schema: Schema, root: Schema) -> tuple[Column, ...]:
    required = schema.get("required", ())
    return tuple(
        _column(name, value, root, nullable=name not in required)
        for name, value in schema["properties"].items()
    )


def _column(name: str, schema: Schema, root: Schema, *, nullable: bool) -> Column:
    if "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rpartition("/")[2]]
    try:
        kind = Kind(schema.get("type", ""))
    except ValueError as error:
        raise NoColumn(f"{name}: {schema}") from error
    if kind is Kind.STRUCT:
        if "properties" not in schema:
            raise NoColumn(f"{name}: an object of any keys")
        return Column(name, kind, nullable, _inside(schema, root))
    if kind is Kind.LIST:
        items = schema["items"] if "items" in schema else _one_of(name, schema["prefixItems"])
        return Column(name, kind, nullable, (_column("element", items, root, nullable=False),))
    return Column(name, kind, nullable)


def _one_of(name: str, items: list[Schema]) -> Schema:
    """The type of a tuple's items."""
    if any(each != items[0] for each in items):
        raise NoColumn(f"{name}: a tuple of several types")
    return items[0]
