"""The schema that `standard.schema` of an event names: IPTC's ninjs, and the object `copydesk`.

It is made as IPTC recommends: it refers to ninjs' type, adds a property, and is closed after it. It
may be closed, though the contract grows: an event outside of `copydesk` has properties of ninjs
only, which this version of ninjs knows, and `copydesk` itself is open.
"""

from typing import Any

from service.contract.cloud_event import schema_id
from service.contract.ninjs import NINJS_VERSION

NINJS = f"http://www.iptc.org/std/ninjs/ninjs-schema_{NINJS_VERSION}.json"
"""Address of IPTC's schema, which is also its `$id`."""


def ninjs_extension() -> dict[str, Any]:
    """Return the schema. It refers to IPTC's by its address and to that of `article-event` by its
    `$id`: a validator is given both."""
    return {
        "title": "ArticleAsNinjs",
        "description": f"An event of `articles` as an extension of IPTC's ninjs {NINJS_VERSION}."
        " Properties are those of ninjs, and `copydesk`.",
        "type": "object",
        "allOf": [{"$ref": f"{NINJS}#/$defs/ninjsType"}],
        "properties": {
            "copydesk": {
                "description": "What ninjs has no property for.",
                "$ref": f"{schema_id('article-event')}#/$defs/CopydeskBlock",
            }
        },
        "required": ["uri", "copydesk"],
        "unevaluatedProperties": False,
    }
