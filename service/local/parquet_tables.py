"""Articles and stories as Parquet files, with the types of the contract.

Needs pyarrow (the extra `parquet`), so nothing but the writing of such files imports it.
"""

import json
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from service.local.last_records import FIRST_FETCHED

ROWS = 5_000
"""At most so many rows are held and written together (a row group): some 200 MB of memory."""

ROW_GROUP_CHARACTERS = 16_000_000
"""At most about so many characters of text are in them: long texts make smaller groups."""

_SCALARS = {
    "utf8": pa.string(),
    "int": pa.int64(),
    "floatingpoint": pa.float64(),
    "bool": pa.bool_(),
}


def articles_schema() -> pa.Schema:
    """The columns of an event of `articles`, and the earliest fetch of the article."""
    return _schema("article-event.1.arrow.json").append(pa.field(FIRST_FETCHED, pa.string()))


def stories_schema() -> pa.Schema:
    """The columns of a record of `stories`."""
    return _schema("story-state.1.arrow.json")


def write_parquet(rows: Iterable[dict[str, Any]], schema: pa.Schema, to: Path) -> None:
    """Write the rows; what the schema does not have is left out.

    Raises:
        OSError: the file cannot be written.
    """
    with pq.ParquetWriter(to, schema, compression="zstd") as writer:
        for group in _groups(rows):
            writer.write_table(pa.Table.from_pylist(group, schema))


def _groups(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    group: list[dict[str, Any]] = []
    characters = 0
    for row in rows:
        group.append(row)
        characters += sum(len(body["value"]) for body in row.get("bodies", ()))
        if len(group) == ROWS or characters >= ROW_GROUP_CHARACTERS:
            yield group
            group, characters = [], 0
    if group:
        yield group


def _schema(document: str) -> pa.Schema:
    """The schema that a document of the contract describes."""
    path = files("service.contract.schema") / "documents" / document
    described = json.loads(path.read_text(encoding="utf-8"))
    return pa.schema([_field(each) for each in described["schema"]["fields"]])


def _field(described: dict[str, Any]) -> pa.Field:
    """One column, with the columns inside it."""
    inside = [_field(each) for each in described["children"]]
    name = described["type"]["name"]
    if name == "struct":
        kind = pa.struct(inside)
    elif name == "list":
        kind = pa.list_(inside[0])
    else:
        kind = _SCALARS[name]
    return pa.field(described["name"], kind, nullable=described["nullable"])
