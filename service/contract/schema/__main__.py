"""The documents of the contract; `python -m service.contract.schema` writes them, and the page of
all fields."""

from pathlib import Path

import orjson

from service.contract.cloud_event import CONTRACT_VERSION
from service.contract.schema.arrow import arrow_schema
from service.contract.schema.asyncapi import asyncapi
from service.contract.schema.columns import columns_of
from service.contract.schema.fields_page import fields_page
from service.contract.schema.json_schemas import json_schemas
from service.contract.schema.spark import spark_ddl

FOLDER = Path(__file__).parent / "documents"
FIELDS_PAGE = Path(__file__).parents[3] / "deploy" / "FIELDS.md"

_TABLES = tuple(
    f"{name}.{CONTRACT_VERSION}" for name in ("article-event", "story-state", "rejection")
)
"""Schemas whose values are rows for those who keep tables."""


def documents() -> dict[str, bytes]:
    """Return every document, keyed by file name. Equal models give equal bytes."""
    named = {f"{name}.json": schema for name, schema in json_schemas().items()}
    columns = {name: columns_of(named[f"{name}.json"]) for name in _TABLES}
    named |= {f"{name}.arrow.json": arrow_schema(found) for name, found in columns.items()}
    named["asyncapi.json"] = asyncapi()
    written = {
        name: orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
        for name, document in named.items()
    }
    written |= {f"{name}.spark.ddl": spark_ddl(found).encode() for name, found in columns.items()}
    return written


def write_documents(folder: Path) -> None:
    """Write every document and delete files that are no longer generated."""
    wanted = documents()
    folder.mkdir(exist_ok=True)
    for stale in folder.iterdir():
        if stale.name not in wanted:
            stale.unlink()
    for name, content in wanted.items():
        (folder / name).write_bytes(content)


if __name__ == "__main__":
    write_documents(FOLDER)
    FIELDS_PAGE.write_text(fields_page(), encoding="utf-8")
