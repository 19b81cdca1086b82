"""JSON Schemas (draft 2020-12) of the values on the topics, generated from the models; see
`written_schema` for how."""

from typing import Any

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
from service.contract.link_state import LinkPosition, LinkRecord
from service.contract.ninjs import EXTENSION
from service.contract.outcome import Rejection
from service.contract.schema.examples import examples
from service.contract.schema.ninjs_extension import ninjs_extension
from service.contract.schema.page_schema import page_schema
from service.contract.schema.written_schema import DIALECT, WrittenSchema, with_words_inline
from service.contract.serde import Model
from service.contract.story import StoryEvent
from service.contract.story_concepts import StoryConcepts
from service.contract.translations import StoryTranslations

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
    "story-translations": (StoryTranslations, CONTRACT_VERSION),
    "story-concepts": (StoryConcepts, CONTRACT_VERSION),
    "link-record": (LinkRecord, STATE_VERSION),
    "link-position": (LinkPosition, STATE_VERSION),
}


def json_schemas() -> dict[str, dict[str, Any]]:
    """Return every schema, keyed by its file name without `.json`, `<name>.<version>`; see
    `contract_version` for when a version is raised."""
    schemas = {
        f"{name}.{version}": _schema(model, name, version)
        for name, (model, version) in MODELS.items()
    }
    for name, schema in (("page", page_schema()), (EXTENSION, ninjs_extension())):
        schemas[f"{name}.{CONTRACT_VERSION}"] = {**_head(name, CONTRACT_VERSION), **schema}
    for name, shown in examples().items():
        schemas[name]["examples"] = shown
    return schemas


def _schema(model: type[Model], name: str, version: int) -> dict[str, Any]:
    schema = model.model_json_schema(
        by_alias=True, mode="serialization", schema_generator=WrittenSchema
    )
    return {**_head(name, version), **with_words_inline(schema)}


def _head(name: str, version: int) -> dict[str, Any]:
    return {"$schema": DIALECT, "$id": schema_id(name, version)}
