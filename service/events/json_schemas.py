"""JSON Schemas (draft 2020-12) of the values on the topics, generated from the models.

They describe what is written: a property that may be absent is never null. What has a default is
not required, so that a property added later does not make older events invalid; and unknown
properties are allowed everywhere.
"""

from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from service.events.article_event import ArticleEvent
from service.events.contract_version import CONTRACT_VERSION, schema_id
from service.events.extracted import Extracted
from service.events.fold_record import STATE_VERSION, ArticleRecord, StoryRecord
from service.events.model import Model
from service.events.page_schema import page_schema
from service.events.rejection import Rejection
from service.events.story_state import StoryState

DIALECT = "https://json-schema.org/draft/2020-12/schema"

MODELS: dict[str, tuple[type[Model], int]] = {
    "article-event": (ArticleEvent, CONTRACT_VERSION),
    "story-state": (StoryState, CONTRACT_VERSION),
    "rejection": (Rejection, CONTRACT_VERSION),
    "extracted": (Extracted, CONTRACT_VERSION),
    "article-record": (ArticleRecord, STATE_VERSION),
    "story-record": (StoryRecord, STATE_VERSION),
}


class WrittenSchema(GenerateJsonSchema):
    """The schema of what `serde.dump` writes: without nulls, and without titles made of names."""

    schema_dialect = DIALECT

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """A value that may be None is left out when it is, so only the other kind is written."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """A default of None is not seen by readers."""
        if schema.get("default", ...) is None:
            return self.generate_inner(schema["schema"])
        return super().default_schema(schema)

    def field_title_should_be_set(self, schema: object) -> bool:
        """Titles that only repeat the property's name are noise."""
        return False


def json_schemas() -> dict[str, dict[str, Any]]:
    """Every schema, by the name of its file without `.json`: the name of the thing, a dot, and
    the version, which grows when a reader of the older one would misread."""
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
