"""Columns as Spark's DDL, for `from_json` and `StructType.fromDDL`.

Each may be null: Spark reads a record that it cannot parse as nulls.
"""

from collections.abc import Sequence

from service.contract.schema.columns import Column, Kind

_SCALARS = {
    Kind.STRING: "STRING",
    Kind.INTEGER: "BIGINT",
    Kind.NUMBER: "DOUBLE",
    Kind.BOOLEAN: "BOOLEAN",
}


def spark_ddl(columns: Sequence[Column]) -> str:
    """Return the DDL, a line for each column."""
    return ",\n".join(f"`{each.name}` {_type(each)}" for each in columns) + "\n"


def _type(column: Column) -> str:
    if column.kind is Kind.STRUCT:
        inside = ", ".join(f"`{each.name}`: {_type(each)}" for each in column.inside)
        return f"STRUCT<{inside}>"
    if column.kind is Kind.LIST:
        return f"ARRAY<{_type(column.inside[0])}>"
    return _SCALARS[column.kind]
