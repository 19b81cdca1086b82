"""JSON Schema of the native input form in JSON mode, which READ accepts."""

from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from service.contract.hints import GIVEN, Hints
from service.contract.page import BODY_FIELDS, GivenArticle


def page_schema() -> dict[str, Any]:
    """Return the schema: a URL and exactly one of the four forms of content."""
    return {
        "title": "Page",
        "description": "One fetched page, with exactly one of body, text, article and body_ref.",
        "type": "object",
        "properties": {
            "url": {
                "description": "As the crawler asked for it; http, https or file.",
                "type": "string",
                "format": "uri",
                "maxLength": 8192,
            },
            "fetched_at": {
                "description": "Time of the fetch. Absent if the record's timestamp is that.",
                "type": "string",
                "format": "date-time",
            },
            "status": {
                "description": "HTTP status. Absent if it is not known.",
                "type": "integer",
                "minimum": 100,
                "maximum": 999,
            },
            "headers": {
                "description": "HTTP response headers; a list where one was repeated. Absent if"
                " none are known.",
                "type": "object",
                "additionalProperties": {
                    "anyOf": [
                        {"type": "string"},
                        {"type": "array", "items": {"type": "string"}},
                    ]
                },
            },
            "crawler": {
                "description": "Who fetched it, for people: copydesk does not read it. Absent if"
                " that is not said.",
                "type": "string",
            },
            "truncated": {
                "description": "How the crawler cut the page off. Absent if it did not.",
                "type": "string",
            },
            "body": {
                "description": "The bytes as fetched, still content-encoded if the headers say"
                " so. Absent if the page comes in another form.",
                "type": "string",
                "contentEncoding": "base64",
            },
            "text": {
                "description": "The document, already decoded to text. Absent if the page comes"
                " in another form.",
                "type": "string",
                "contentMediaType": "text/html",
            },
            "article": {
                "description": "An article already extracted; it is taken as it is. Absent if"
                " the page comes in another form.",
                "$ref": "#/$defs/GivenArticle",
            },
            "hints": _hints_schema(),
            "body_ref": {
                "description": "Where the body lies, below a prefix that the worker allows."
                " Absent if the page comes in another form.",
                "type": "string",
                "format": "uri",
            },
        },
        "required": ["url"],
        "oneOf": [{"required": [name]} for name in BODY_FIELDS],
        "$defs": {"GivenArticle": _article_schema()},
    }


def _hints_schema() -> dict[str, Any]:
    """The schema of hints: what does not fit it is dropped, and the page is read without it."""
    properties = Hints.model_json_schema()["properties"]
    texts = {"type": "array", "items": {"type": "string"}}
    return {
        "description": "What the crawler knew of the page before it fetched it. Used where the page"
        " itself has nothing, and always named as the source. Absent if it knew nothing.",
        "type": "object",
        "properties": {
            name: {
                "description": properties[name]["description"],
                **(texts if properties[name].get("type") == "array" else {"type": "string"}),
            }
            for name in GIVEN
        },
    }


def _article_schema() -> dict[str, Any]:
    schema = GivenArticle.model_json_schema(mode="validation", schema_generator=_ReadSchema)
    return {
        "title": GivenArticle.__name__,
        "description": "An article already extracted; it is taken as it is.",
        "type": "object",
        "properties": schema["properties"],
        "required": schema["required"],
    }


class _ReadSchema(GenerateJsonSchema):
    """Schema generator for what is read: null is allowed, defaults are not said."""

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Return the schema without the default."""
        return self.generate_inner(schema["schema"])

    def field_title_should_be_set(self, schema: object) -> bool:
        """Return False: such a title would only repeat the property's name."""
        return False
