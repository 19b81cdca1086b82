"""A moment as text, as the events have it: RFC 3339 with a UTC offset."""

from typing import Annotated

from pydantic import WithJsonSchema

Moment = Annotated[str, WithJsonSchema({"type": "string", "format": "date-time"})]
"""RFC 3339 with an offset. The type is said to readers by the schemas; it is not checked when a
record is read: records of version 0.1.0 have dates without an offset."""
