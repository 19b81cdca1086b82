"""JSON Schema of a page in the native form, JSON mode, as `adapters.native_json` reads it."""

from typing import Any

from service.events.adapters.native_json import BODY_FIELDS
from service.events.raw_page import GivenArticle


def page_schema() -> dict[str, Any]:
    """What a crawler may write: an address and exactly one of the four forms of content."""
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
                "description": "Time of the fetch; the record's timestamp where absent.",
                "type": "string",
                "format": "date-time",
            },
            "status": {
                "description": "HTTP status.",
                "type": "integer",
                "minimum": 100,
                "maximum": 999,
            },
            "headers": {
                "description": "HTTP response headers; a list where one was repeated.",
                "type": "object",
                "additionalProperties": {
                    "anyOf": [
                        {"type": "string"},
                        {"type": "array", "items": {"type": "string"}},
                    ]
                },
            },
            "crawler": {"description": "Who fetched it.", "type": "string"},
            "body": {
                "description": "The bytes as fetched, still content-encoded if the headers say so.",
                "type": "string",
                "contentEncoding": "base64",
            },
            "text": {
                "description": "The document, already decoded to text.",
                "type": "string",
                "contentMediaType": "text/html",
            },
            "article": _article_schema(),
            "body_ref": {
                "description": "Where the body lies, below a prefix that the worker allows.",
                "type": "string",
                "format": "uri",
            },
        },
        "required": ["url"],
        "oneOf": [{"required": [name]} for name in BODY_FIELDS],
    }


def _article_schema() -> dict[str, Any]:
    schema = GivenArticle.model_json_schema(mode="validation")
    return {
        "description": "An article already extracted; it is taken as it is.",
        "type": "object",
        "properties": {
            name: {key: value for key, value in prop.items() if key not in ("title", "default")}
            for name, prop in schema["properties"].items()
        },
        "required": schema["required"],
    }
