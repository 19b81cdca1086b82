"""Why READ made no article of a page, for people."""

from service.contract.outcome import ERROR_PREFIX, REASON
from service.contract.record import Record, Topic
from service.contract.serde import load_json


def reason_of(record: Record) -> str:
    """Return the reason of a rejection or a dead letter, and what was found."""
    if record.topic is Topic.FAILED:
        headers = {name: value.decode("utf-8", "replace") for name, value in record.headers}
        return f"{headers.get(REASON)}: {headers.get(ERROR_PREFIX + 'exception.message', '')}"
    rejection = load_json(record.value or b"{}")
    return f"{rejection.get('reason')}: {rejection.get('detail')}"
