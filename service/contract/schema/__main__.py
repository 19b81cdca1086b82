"""The documents of the contract; `python -m service.contract.schema` writes them, and the page of
all fields."""

from pathlib import Path

import orjson

from service.contract.schema.asyncapi import asyncapi
from service.contract.schema.fields_page import fields_page
from service.contract.schema.json_schemas import json_schemas

FOLDER = Path(__file__).parent / "documents"
FIELDS_PAGE = Path(__file__).parents[3] / "deploy" / "FIELDS.md"


def documents() -> dict[str, bytes]:
    """Return every document, keyed by file name. Equal models give equal bytes."""
    named = {f"{name}.json": schema for name, schema in json_schemas().items()}
    named["asyncapi.json"] = asyncapi()
    return {
        name: orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
        for name, document in named.items()
    }


def write_documents(folder: Path) -> None:
    """Write every document and delete JSON files that are no longer generated."""
    wanted = documents()
    folder.mkdir(exist_ok=True)
    for stale in folder.glob("*.json"):
        if stale.name not in wanted:
            stale.unlink()
    for name, content in wanted.items():
        (folder / name).write_bytes(content)


if __name__ == "__main__":
    write_documents(FOLDER)
    FIELDS_PAGE.write_text(fields_page(), encoding="utf-8")
