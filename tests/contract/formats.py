"""Validators that check formats too: jsonschema by itself checks neither dates nor addresses."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
from check_jsonschema.formats.implementations import validate_rfc3339
from referencing import Registry, Resource

from service.contract.record import Record, Topic
from service.contract.schema.json_schemas import json_schemas
from service.contract.serde import load_json
from service.contract.translations import is_translations

NINJS_FILE = Path(__file__).parent / "standards" / "ninjs-schema_3.1.json"
NINJS: dict[str, Any] = json.loads(NINJS_FILE.read_text(encoding="utf-8"))
"""IPTC's schema, as published."""

CHECKER = jsonschema.FormatChecker(["date", "email", "ipv4", "ipv6", "regex", "uuid"])

URI = re.compile(
    r"[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*", re.ASCII
)
"""The characters of RFC 3986 after a scheme; `#` once at most, `[` in the host only."""


def is_date_time(value: object) -> bool:
    """A moment of RFC 3339, which has an offset."""
    return not isinstance(value, str) or bool(validate_rfc3339(value))


CHECKER.checks("date-time")(is_date_time)


def is_uri(value: object) -> bool:
    """A URI of RFC 3986."""
    if not isinstance(value, str):
        return True
    rest = re.sub(r"^[^/?#]*//[^/?#]*", "x:", value)
    return (
        URI.fullmatch(value) is not None
        and value.count("#") <= 1
        and not re.search(r"[\[\]]", rest)
    )


CHECKER.checks("uri")(is_uri)


@cache
def validator(name: str) -> jsonschema.Draft202012Validator:
    """The validator of a schema of ours, given its file name without `.json`; of IPTC's, `ninjs`.
    References between them are followed without a network."""
    schemas = {**json_schemas(), "ninjs": NINJS}
    known = Registry().with_resources(
        (schema["$id"].removesuffix("#"), Resource.from_contents(schema))
        for schema in schemas.values()
    )
    return jsonschema.Draft202012Validator(schemas[name], registry=known, format_checker=CHECKER)


def complaints(name: str, document: Any) -> list[str]:
    """What a schema says against a document, each with its place."""
    return [f"{each.json_path}: {each.message}" for each in validator(name).iter_errors(document)]


def without_our_object(event: dict[str, Any]) -> dict[str, Any]:
    """An event of `articles` as those see it who know nothing but ninjs."""
    return {name: value for name, value in event.items() if name != "copydesk"}


def event_complaints(event: dict[str, Any]) -> list[str]:
    """What IPTC's schema, our extension of it, and ours say against an event of `articles`."""
    return [
        *complaints("ninjs", without_our_object(event)),
        *complaints("article-ninjs.1", event),
        *complaints("article-event.1", event),
    ]


def record_complaints(record: Record) -> list[str]:
    """What the schemas say against a record of a public topic, or of `stories.concepts`; of
    `articles`, all three."""
    name = {
        Topic.STORIES: "story-translations.1" if is_translations(record) else "story-state.1",
        Topic.REJECTED: "rejection.1",
        Topic.CONCEPTS: "story-concepts.1",
    }.get(record.topic)
    if record.topic is Topic.ARTICLES:
        return event_complaints(load_json(record.value or b""))
    return [] if name is None else complaints(name, load_json(record.value or b""))
