"""JSON Schemas (draft 2020-12) of the values on the topics, generated from the models.

They describe the values as written: an absent property is omitted, never null. Properties with a
default are not required, so that a property added later does not make older events invalid.
Unknown properties are allowed everywhere.
"""

from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from service.contract.article_event import ArticleEvent
from service.contract.cloud_event import CONTRACT_VERSION, schema_id
from service.contract.control import Control
from service.contract.extracted import Extracted
from service.contract.fold_state import (
    STATE_VERSION,
    ArticleRecord,
    IdentityRecord,
    PartitionClock,
    StoryRecord,
)
from service.contract.outcome import Rejection
from service.contract.schema.page_schema import page_schema
from service.contract.serde import Model
from service.contract.story import StoryEvent

DIALECT = "https://json-schema.org/draft/2020-12/schema"

MODELS: dict[str, tuple[type[Model], int]] = {
    "article-event": (ArticleEvent, CONTRACT_VERSION),
    "story-state": (StoryEvent, CONTRACT_VERSION),
    "rejection": (Rejection, CONTRACT_VERSION),
    "extracted": (Extracted, CONTRACT_VERSION),
    "control": (Control, CONTRACT_VERSION),
    "article-record": (ArticleRecord, STATE_VERSION),
    "story-record": (StoryRecord, STATE_VERSION),
    "clock-record": (PartitionClock, STATE_VERSION),
    "identity-record": (IdentityRecord, STATE_VERSION),
}


class WrittenSchema(GenerateJsonSchema):
    """Schema generator for the output of `serde.dump`: no nulls, no titles derived from names."""

    schema_dialect = DIALECT

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """Return the schema of the non-null type: None is never written."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Omit a default of None: it never appears in the written value."""
        if schema.get("default", ...) is None:
            return self.generate_inner(schema["schema"])
        return super().default_schema(schema)

    def field_title_should_be_set(self, schema: object) -> bool:
        """Return False: such a title would only repeat the property's name."""
        return False


def json_schemas() -> dict[str, dict[str, Any]]:
    """Return every schema, keyed by its file name without `.json`, `<name>.<version>`; see
    `contract_version` for when a version is raised."""
    schemas = {
        f"{name}.{version}": _schema(model, name, version)
        for name, (model, version) in MODELS.items()
    }
    schemas[f"page.{CONTRACT_VERSION}"] = {
        **_head("page", CONTRACT_VERSION),
        **page_schema(),
    }
    return schemas


def _schema(model: type[Model], name: str, version: int) -> dict[str, Any]:
    schema = model.model_json_schema(
        by_alias=True, mode="serialization", schema_generator=WrittenSchema
    )
    return {**_head(name, version), **schema}


def _head(name: str, version: int) -> dict[str, Any]:
    return {"$schema": DIALECT, "$id": schema_id(name, version)}
