"""An event in CloudEvents' structured mode: attributes and data in one JSON object."""

from typing import Any

import orjson

from service.contract.cloud_event import ATTRIBUTE_PREFIX
from service.contract.record import Headers
from service.contract.serde import UndecodableValue, load_json

CONTENT_TYPE = "application/cloudevents+json"

_PLAIN = ("traceparent",)
"""Attributes whose headers have no prefix."""

_NEEDED = frozenset({"id", "source", "specversion", "type"})
"""Attributes that every event has, by the specification."""


class NoEvent(ValueError):
    """The record is no CloudEvent with JSON as its data."""


def structured(headers: Headers, value: bytes | None) -> bytes:
    """Return an event of Kafka's binary mode as the body of a request.

    The data is that of the record, byte for byte: equal events are equal bodies.

    Raises:
        NoEvent: an attribute that each event has is not there, or the value is not JSON.
    """
    event: dict[str, Any] = {}
    for name, raw in headers:
        key = name.removeprefix(ATTRIBUTE_PREFIX)
        if key != name or name in _PLAIN:
            event.setdefault(key, raw.decode("utf-8", "replace"))
    missing = sorted(_NEEDED - event.keys())
    if missing:
        raise NoEvent(f"no {', '.join(missing)}")
    try:
        load_json(value or b"")
    except UndecodableValue as error:
        raise NoEvent(str(error)) from error
    event = dict(sorted(event.items()))
    return orjson.dumps(
        {**event, "datacontenttype": "application/json", "data": orjson.Fragment(value or b"")}
    )
