"""JSON Schema of the native input form in JSON mode, which READ accepts."""

from typing import Any

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
            "crawler": {
                "description": "Who fetched it, for people: copydesk does not read it.",
                "type": "string",
            },
            "truncated": {
                "description": "How the crawler cut the page off; absent if it did not.",
                "type": "string",
            },
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
            "hints": _hints_schema(),
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


def _hints_schema() -> dict[str, Any]:
    """The schema of hints: what does not fit it is dropped, and the page is read without it."""
    properties = Hints.model_json_schema()["properties"]
    texts = {"type": "array", "items": {"type": "string"}}
    return {
        "description": "What the crawler knew of the page before it fetched it. Used where the page"
        " itself has nothing, and always named as the source.",
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
    schema = GivenArticle.model_json_schema(mode="validation")
    schema["properties"]["language"]["description"] = (
        "Not used: the language is identified from the text."
    )
    return {
        "description": "An article already extracted; it is taken as it is.",
        "type": "object",
        "properties": {
            name: {key: value for key, value in prop.items() if key not in ("title", "default")}
            for name, prop in schema["properties"].items()
        },
        "required": schema["required"],
    }
