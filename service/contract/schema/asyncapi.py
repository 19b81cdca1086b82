"""The AsyncAPI 3.0 document of all topics, as seen by copydesk: receives pages, sends events."""

from service.contract.cloud_event import (
    CONTRACT_VERSION,
    EXTRACTED_SCHEMA,
    SOURCE,
)
from service.contract.fold_state import STATE_VERSION
from service.contract.record import Topic
from service.contract.schema.article_examples import example_article
from service.contract.schema.asyncapi_headers import (
    TRACEPARENT,
    Document,
    cloud_event_headers,
    error_headers,
    header_object,
    page_headers,
    text,
    undelivered_headers,
)
from service.contract.schema.examples import example_rejection, example_story, example_translations
from service.contract.serde import Model, dump, load_json
from service.contract.story_concepts import CONCEPTS_SCHEMA

SCHEMA_FORMAT = "application/schema+json;version=draft-2020-12"
BINDING = {"bindingVersion": "0.5.0"}


def asyncapi() -> Document:
    """Return the document; it refers to the JSON Schemas of the values as files next to it."""
    return {
        "asyncapi": "3.0.0",
        "id": SOURCE,
        "info": {
            "title": "copydesk",
            "version": f"{CONTRACT_VERSION}.0.0",
            "description": (
                "Raw crawled pages in; clean, attributed, folded news events out. Events are "
                "CloudEvents 1.0 in Kafka's binary mode: attributes are `ce_` headers, the value "
                "is the data. Properties that are absent are left out, never null. New optional "
                "properties may appear at any time: ignore what you do not know."
            ),
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": "application/json",
        "servers": {
            "kafka": {
                "host": "{brokers}",
                "protocol": "kafka",
                "description": "Any Kafka-compatible broker.",
                "variables": {
                    "brokers": {
                        "default": "localhost:9092",
                        "description": "Bootstrap servers, host:port, separated by commas.",
                    }
                },
            }
        },
        "channels": _channels(),
        "operations": _operations(),
        "components": {
            "messages": _messages(),
            "schemas": {"CloudEventHeaders": cloud_event_headers()},
        },
    }


def _channels() -> Document:
    return {
        "pagesRaw": _channel(
            Topic.RAW,
            "Pages as crawlers fetched them, keyed by URL.",
            ("pageBytes", "pageJson", "crawlerMessage"),
        ),
        "articlesExtracted": _channel(
            Topic.EXTRACTED,
            "Internal, between READ and FOLD: articles with attribution and signature, and "
            "decisions of the operator.",
            ("extracted", "control"),
        ),
        "articles": _channel(
            Topic.ARTICLES,
            "Every version of every article, with its place in a story, keyed by story.",
            ("article",),
        ),
        "stories": _channel(
            Topic.STORIES,
            "The state of each story, keyed by story, and its translations.",
            ("story", "translations"),
            compacted=True,
        ),
        "pagesRejected": _channel(
            Topic.REJECTED, "Pages that were read, and are rightly no event.", ("rejection",)
        ),
        "pagesFailed": _channel(
            Topic.FAILED,
            "Inputs that could not be processed, as they came; to be replayed.",
            ("failedPage",),
        ),
        "notificationsFailed": _channel(
            Topic.NOTIFICATIONS_FAILED,
            "Events that a subscription of `copydesk notify` did not take, as they came.",
            ("undelivered",),
        ),
        "foldState": _channel(
            Topic.FOLD_STATE,
            "Internal: what the folding stage remembers.",
            ("articleRecord", "storyRecord", "clockRecord", "identityRecord"),
            compacted=True,
        ),
        "storiesConcepts": _channel(
            Topic.CONCEPTS,
            "Internal, between FOLD and LINK: stories by what finds their translations.",
            ("storyConcepts",),
            compacted=True,
        ),
        "linkState": _channel(
            Topic.LINK_STATE,
            "Internal: what the linking stage remembers.",
            ("linkRecord", "linkPosition"),
            compacted=True,
        ),
    }


def _channel(
    topic: Topic, description: str, messages: tuple[str, ...], compacted: bool = False
) -> Document:
    policy = ["compact"] if compacted else ["delete"]
    return {
        "address": f"{{prefix}}{topic.value}",
        "description": description,
        "parameters": {
            "prefix": {
                "description": "What a deployment puts before every topic's name.",
                "default": "",
            }
        },
        "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in messages},
        "bindings": {"kafka": {"topicConfiguration": {"cleanup.policy": policy}, **BINDING}},
    }


def _operations() -> Document:
    receive, send = "receive", "send"
    return {
        "readPages": _operation(receive, "pagesRaw", "Take in what crawlers fetched."),
        "writeExtracted": _operation(send, "articlesExtracted", "Hand a read page on."),
        "readExtracted": _operation(receive, "articlesExtracted", "Fold what was read."),
        "publishArticle": _operation(send, "articles", "Tell of a version of an article."),
        "publishStory": _operation(send, "stories", "Tell how a story stands now."),
        "rejectPage": _operation(send, "pagesRejected", "Tell why a page is no event."),
        "setAsidePage": _operation(send, "pagesFailed", "Keep an input that broke."),
        "setAsideNotification": _operation(
            send, "notificationsFailed", "Keep an event that was not delivered."
        ),
        "publishTranslations": _operation(
            send, "stories", "Tell which stories are translations of one."
        ),
        "writeConcepts": _operation(send, "storiesConcepts", "Tell LINK of a story."),
        "readConcepts": _operation(receive, "storiesConcepts", "Link what was folded."),
        "rememberLink": _operation(send, "linkState", "Keep the memory of LINK."),
        "recallLink": _operation(receive, "linkState", "Load the memory of LINK."),
        "rememberFold": _operation(send, "foldState", "Keep the memory of a shard."),
        "recallFold": _operation(receive, "foldState", "Load the memory of a shard."),
    }


def _operation(action: str, channel: str, summary: str) -> Document:
    return {
        "action": action,
        "channel": {"$ref": f"#/channels/{channel}"},
        "summary": summary,
    }


def _messages() -> Document:
    return {
        "pageBytes": {
            "title": "A page, native form, binary mode",
            "summary": "The value is the body's bytes as fetched; headers say the rest.",
            "contentType": "application/octet-stream",
            "headers": header_object(page_headers(), required=()),
            "payload": {"description": "The body's bytes, possibly still content-encoded."},
            "bindings": _key("The page's URL."),
        },
        "pageJson": {
            "title": "A page, native form, JSON mode",
            "summary": "The value is an object with the page; there is no `url` header.",
            "headers": header_object({"traceparent": TRACEPARENT}, required=()),
            "payload": _schema_file("page", CONTRACT_VERSION),
            "bindings": _key("The page's URL."),
        },
        "crawlerMessage": {
            "title": "A page in the form of a known crawler",
            "summary": (
                "scrapy-cluster items, frontera's JSON and msgpack, StormCrawler tuples, "
                "news-please's articles, Nutch documents, WARC records; recognised by their shape."
            ),
            "contentType": "application/octet-stream",
            "payload": {"description": "As the crawler writes it."},
        },
        "article": _event(
            "article-event", "A version of an article", example_article(), "The story's id."
        ),
        "story": _event("story-state", "The state of a story", example_story(), "Its id."),
        "translations": _event(
            "story-translations",
            "The translations of a story",
            example_translations(),
            "translations/ and the story's id.",
        ),
        "rejection": _event(
            "rejection",
            "A page that is no event",
            example_rejection(),
            "The page's URL; the input's key where it has none.",
        ),
        "failedPage": {
            "title": "An input that could not be processed",
            "summary": "Key, value, headers and timestamp as they came, and headers of the error.",
            "contentType": "application/octet-stream",
            "headers": header_object(error_headers(), required=tuple(error_headers())),
            "payload": {"description": "The value as it came; null if it was null."},
            "bindings": _key("The key as it came."),
        },
        "undelivered": {
            "title": "An event that a receiver did not take",
            "summary": "Key, value, headers and timestamp of the event, and headers of the error.",
            "headers": header_object(undelivered_headers(), required=tuple(undelivered_headers())),
            "payload": {"description": "The value of the event."},
            "bindings": _key("The story's id."),
        },
        "extracted": {
            "title": "An article read from a page",
            "headers": header_object(
                {EXTRACTED_SCHEMA: text("The `$id` of the value's schema.")}, required=()
            ),
            "payload": _schema_file("extracted", CONTRACT_VERSION),
        },
        "control": {
            "title": "A decision of the operator",
            "headers": {"$ref": "#/components/schemas/CloudEventHeaders"},
            "payload": _schema_file("control", CONTRACT_VERSION),
            "bindings": _key("The uri of the article or the id of the story."),
        },
        "articleRecord": {
            "title": "What is remembered of an article",
            "payload": _schema_file("article-record", STATE_VERSION),
            "bindings": _key("article/ and the article's uri."),
        },
        "storyRecord": {
            "title": "What is remembered of a story",
            "payload": _schema_file("story-record", STATE_VERSION),
            "bindings": _key("story/ and the story's id."),
        },
        "clockRecord": {
            "title": "How far a partition of pages.raw has got in event time",
            "payload": _schema_file("clock-record", STATE_VERSION),
            "bindings": _key("clock/, the topic, a slash, and the number of the partition."),
        },
        "identityRecord": {
            "title": "What is remembered of an article whose text has left the window",
            "payload": _schema_file("identity-record", STATE_VERSION),
            "bindings": _key("identity/ and the first 20 digits of the hash in the article's uri."),
        },
        "storyConcepts": {
            "title": "A story by what finds its translations",
            "headers": header_object(
                {CONCEPTS_SCHEMA: text("The `$id` of the value's schema.")}, required=()
            ),
            "payload": _schema_file("story-concepts", CONTRACT_VERSION),
            "bindings": _key("The story's id."),
        },
        "linkRecord": {
            "title": "What LINK remembers of a story",
            "payload": _schema_file("link-record", STATE_VERSION),
            "bindings": _key("story/ and the story's id."),
        },
        "linkPosition": {
            "title": "How far LINK has read",
            "payload": _schema_file("link-position", STATE_VERSION),
            "bindings": _key("position/ and the number of the partition."),
        },
    }


def _event(schema: str, title: str, example: Model, key: str) -> Document:
    return {
        "title": title,
        "headers": {"$ref": "#/components/schemas/CloudEventHeaders"},
        "payload": _schema_file(schema, CONTRACT_VERSION),
        "bindings": _key(key),
        "examples": [{"payload": load_json(dump(example))}],
    }


def _schema_file(name: str, version: int) -> Document:
    return {"schemaFormat": SCHEMA_FORMAT, "schema": {"$ref": f"./{name}.{version}.json"}}


def _key(description: str) -> Document:
    return {"kafka": {"key": {"type": "string", "description": description}, **BINDING}}
