"""The hosts whose articles are in a file of events, and when each was seen last."""

from pathlib import Path

from service.contract.record import Topic
from service.contract.serde import UndecodableValue, load_json
from service.local.fold_output import records_of
from service.local.inputs.compressed import InputLimits


def hosts_in_events(path: Path, limits: InputLimits) -> dict[str, str]:
    """Return the last time of fetch of each host among the article events of a file, RFC 3339;
    empty where no event of it has one.

    Raises:
        UnreadableInput: the file cannot be read.
    """
    seen: dict[str, str] = {}
    for record in records_of(path, limits):
        if record.topic is not Topic.ARTICLES:
            continue
        try:
            page = load_json(record.value or b"null")["copydesk"]["page"]
            host, fetched = page["host"], page.get("fetched_at") or ""
        except (UndecodableValue, KeyError, TypeError, AttributeError):
            continue
        if isinstance(host, str) and isinstance(fetched, str):
            seen[host] = max(seen.get(host, ""), fetched)
    return seen
