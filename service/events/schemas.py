"""The contract's documents; `python -m service.events.schemas` writes them beside this module."""

from pathlib import Path

import orjson

from service.events.asyncapi import asyncapi
from service.events.json_schemas import json_schemas

FOLDER = Path(__file__).parent / "contract"


def documents() -> dict[str, bytes]:
    """Every document by the name of its file; the same bytes as long as the models are the same."""
    named = {f"{name}.json": schema for name, schema in json_schemas().items()}
    named["asyncapi.json"] = asyncapi()
    return {
        name: orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
        for name, document in named.items()
    }


def write_documents(folder: Path) -> None:
    """Write every document, and remove what is no longer generated."""
    wanted = documents()
    folder.mkdir(exist_ok=True)
    for stale in folder.glob("*.json"):
        if stale.name not in wanted:
            stale.unlink()
    for name, content in wanted.items():
        (folder / name).write_bytes(content)


if __name__ == "__main__":
    write_documents(FOLDER)
