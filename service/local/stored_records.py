"""Records in a file that `copydesk fold` has written."""

from collections.abc import Iterator
from pathlib import Path

import orjson

from service.contract.record import InputMessage, Topic
from service.contract.serde import UndecodableValue, load_json
from service.local.inputs.compressed import InputLimits
from service.local.read_files import read_inputs


def stored_records(path: Path, limits: InputLimits) -> Iterator[tuple[Topic, bytes, str | None]]:
    """Yield topic, value and event id of each record in a file; other lines are passed over.

    Raises:
        UnreadableInput: the file cannot be read.
    """
    for message in read_inputs([path], limits=limits):
        record = stored_record(message)
        if record is not None:
            yield record


def stored_record(message: InputMessage) -> tuple[Topic, bytes, str | None] | None:
    """Topic, value and event id of a line written by `copydesk fold`; None for any other input."""
    if message.header("content-type") != b"application/json" or not message.value:
        return None
    try:
        row = load_json(message.value)
    except UndecodableValue:
        return None
    if not isinstance(row, dict) or row.get("topic") not in set(Topic) or "value" not in row:
        return None
    headers = row.get("headers")
    event_id = headers.get("ce_id") if isinstance(headers, dict) else None
    return (
        Topic(row["topic"]),
        orjson.dumps(row["value"]),
        event_id if isinstance(event_id, str) else None,
    )
