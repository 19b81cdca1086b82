"""Models as the JSON Schemas of what is written of them."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any, Literal

import pytest
from pydantic import Field

from service.contract.schema import written_schema
from service.contract.schema.additions import ADDED
from service.contract.schema.json_schemas import json_schemas
from service.contract.schema.written_schema import (
    WrittenSchema,
    is_always_written,
    with_words_inline,
)
from service.contract.serde import CamelModel, Model


class Colour(StrEnum):
    """A colour."""

    RED = "red"
    BLUE = "blue"


class Paint(CamelModel):
    """A paint."""

    first_coat: Colour = Field(default=Colour.RED, description="Of the two.")
    kind: Literal["oil"] = Field(default="oil", description="Of paint.")
    tint: Colour | None = Field(default=None, description="Of it.")
    layers: tuple[str, ...] = Field(default=(), description="Under it.")


def models(below: type[Model] = Model) -> Iterator[type[Model]]:
    """Every model that is imported."""
    for each in below.__subclasses__():
        yield each
        yield from models(each)


def schema() -> dict[str, Any]:
    made = Paint.model_json_schema(
        by_alias=True, mode="serialization", schema_generator=WrittenSchema
    )
    found: dict[str, Any] = with_words_inline(made)
    return found


def test_words_are_open_and_stand_where_they_are_used() -> None:
    colours = {"type": "string", "examples": ["red", "blue"]}
    assert schema()["properties"]["firstCoat"] == {"description": "Of the two.", **colours}
    assert schema()["properties"]["kind"] == {
        "description": "Of paint.",
        "type": "string",
        "examples": ["oil"],
    }
    assert "$defs" not in schema() or "Colour" not in schema()["$defs"]


def test_what_is_always_written_is_required() -> None:
    assert schema()["required"] == ["firstCoat", "kind", "layers"]
    assert "default" not in str(schema())


def test_none_is_never_written() -> None:
    assert schema()["properties"]["tint"]["type"] == "string"


def test_what_was_added_later_is_not_required(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(written_schema, "ADDED", {"Paint": frozenset({"layers"})})
    assert schema()["required"] == ["firstCoat", "kind"]
    said = schema()["properties"]["layers"]["description"]
    assert said == "Under it. Absent in records of version 0.1.0."
    assert not is_always_written(Paint, "layers")


def test_additions_are_of_fields_that_there_are() -> None:
    json_schemas()
    found = {each.__name__: each.model_fields for each in models()}
    for name, fields in ADDED.items():
        assert fields <= found[name].keys(), name
