"""The Kafka headers of the messages, as the AsyncAPI document describes them."""

from typing import Any

from service.contract.attributes import MEANINGS
from service.contract.cloud_event import ATTRIBUTE_PREFIX, SOURCE, schema_id
from service.contract.hints import GIVEN, HINT_PREFIX, Hints
from service.contract.notification import SUBSCRIPTION, NotifyFailure
from service.contract.outcome import (
    ATTEMPTS,
    ERROR_PREFIX,
    REASON,
    REJECTED_TYPE,
    FailureReason,
    RejectionReason,
)
from service.contract.story import Relation
from service.contract.translations import TRANSLATED

Document = dict[str, Any]

ARTICLE_TYPES = (
    "copydesk.article.published",
    "copydesk.article.copied",
    "copydesk.article.revised",
    "copydesk.article.withdrawn",
    "copydesk.article.restated",
)
STORY_TYPE = "copydesk.story.changed"


def header_object(properties: Document, required: tuple[str, ...]) -> Document:
    """Return the schema of a message's headers."""
    return {"type": "object", "properties": properties, "required": list(required)}


def text(description: str, **more: Any) -> Document:
    """Return the schema of a header."""
    return {"type": "string", "description": description, **more}


TRACEPARENT = text("W3C trace context; travels from input to output.")


def page_headers() -> Document:
    """Return the headers of a page in binary mode, by name."""
    return {
        "url": text("As the crawler asked for it; without it the key is taken, if it is a URL."),
        "fetched-at": text("Time of the fetch; the record's where absent.", format="date-time"),
        "status": text("HTTP status.", pattern="^[1-9][0-9]{2}$"),
        "content-type": text("As the server sent it."),
        "content-encoding": text("As the server sent it, if the value is still encoded."),
        "http-x-robots-tag": text("As any `http-` header: an HTTP header of the response."),
        "crawler": text("Who fetched it, for people: copydesk does not read it."),
        **_hint_headers(),
        "traceparent": TRACEPARENT,
    }


def _hint_headers() -> Document:
    fields = Hints.model_fields
    return {
        HINT_PREFIX + name.replace("_", "-"): text(fields[name].description or "") for name in GIVEN
    }


def cloud_event_headers() -> Document:
    """Return the schema of the headers of an event."""
    properties = {
        "ce_specversion": text("Of CloudEvents.", const="1.0"),
        "ce_id": text("The same for a repeat of the same decision: safe to drop repeats by."),
        "ce_source": text("Which deployment sends, as `COPYDESK_SOURCE` names it.", default=SOURCE),
        "ce_type": text(
            "What happened.", examples=[*ARTICLE_TYPES, STORY_TYPE, TRANSLATED, REJECTED_TYPE]
        ),
        "ce_subject": text("Uri of the article or id of the story."),
        **{ATTRIBUTE_PREFIX + name: text(meaning) for name, meaning in MEANINGS.items()},
        "ce_time": text("From the input; absent where it has no time.", format="date-time"),
        "ce_dataschema": text(
            "The `$id` of the value's schema; its last number grows when older readers would"
            " misread.",
            examples=[
                schema_id(name)
                for name in ("article-event", "story-state", "story-translations", "rejection")
            ],
        ),
        "content-type": text("Of the value.", const="application/json"),
        "traceparent": TRACEPARENT,
        REASON: text("On `pages.rejected`: why, for programs.", examples=list(RejectionReason)),
    }
    properties["ce_relation"]["examples"] = list(Relation)
    required = ("ce_specversion", "ce_id", "ce_source", "ce_type", "content-type")
    return header_object(properties, required)


def undelivered_headers() -> Document:
    """Return the headers of an event that a receiver did not take, by name."""
    errors = error_headers()
    kept = ("topic", "partition", "offset", "exception.message")
    return {
        **{ERROR_PREFIX + name: errors[ERROR_PREFIX + name] for name in kept},
        REASON: text("Why, for programs.", examples=list(NotifyFailure)),
        ATTEMPTS: text("How often it was posted.", pattern="^[0-9]+$"),
        SUBSCRIPTION: text("Name of the subscription."),
    }


def error_headers() -> Document:
    """Return the headers of a dead letter, by name."""
    return {
        f"{ERROR_PREFIX}topic": text("Where the input stood."),
        f"{ERROR_PREFIX}partition": text("Where the input stood.", pattern="^[0-9]+$"),
        f"{ERROR_PREFIX}offset": text("Where the input stood.", pattern="^[0-9]+$"),
        f"{ERROR_PREFIX}stage": text("Where it failed: decode, read, fold or link."),
        f"{ERROR_PREFIX}exception.class.name": text("Of the exception."),
        f"{ERROR_PREFIX}exception.message": text("For people."),
        REASON: text("Why, for programs.", examples=list(FailureReason)),
        ATTEMPTS: text("How often it was tried.", pattern="^[0-9]+$"),
    }
