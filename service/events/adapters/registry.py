"""Which adapter reads a message: the first that recognises its shape."""

from collections.abc import Sequence

from service.events.adapters import (
    frontera_json,
    frontera_msgpack,
    native_binary,
    native_json,
    nutch,
    scrapy_cluster,
    stormcrawler,
    warc_record,
)
from service.events.adapters.adapter import Adapter
from service.events.adapters.body_refs import BodyRefs
from service.events.adapters.envelope import Envelope
from service.events.input_message import InputMessage
from service.events.outcome import Failed, FailureReason
from service.events.raw_page import RawPage

# In the order of asking: the native forms take whatever no other form claims.
ADAPTERS: tuple[Adapter, ...] = (
    warc_record.ADAPTER,
    scrapy_cluster.ADAPTER,
    frontera_json.ADAPTER,
    frontera_msgpack.ADAPTER,
    stormcrawler.ADAPTER,
    nutch.ADAPTER,
    native_json.ADAPTER,
    native_binary.ADAPTER,
)
ADAPTER_NAMES = tuple(adapter.name for adapter in ADAPTERS)

NO_BODY_REFS = BodyRefs()


def decode(
    message: InputMessage,
    only: Sequence[str] | None = None,
    body_refs: BodyRefs | None = None,
) -> RawPage:
    """The page that a message carries.

    Args:
        only: names of the adapters to ask (see `ADAPTER_NAMES`); all where None.
        body_refs: where a body may lie outside the message; nowhere where None.

    Raises:
        Failed: NULL_VALUE, UNDECODABLE, NO_URL, BAD_HEADER or BODY_REF_REFUSED.
        Rejected: OTHER_MESSAGE (not a page) or NO_BODY (a page without content).
        ValueError: `only` names an adapter that does not exist.
    """
    enabled = _enabled(only)
    if message.value is None:
        raise Failed(FailureReason.NULL_VALUE, "the value is null")
    envelope = Envelope(message, message.value)
    for adapter in enabled:
        if adapter.recognises(envelope):
            return adapter.decode(envelope, body_refs or NO_BODY_REFS)
    names = ", ".join(adapter.name for adapter in enabled)
    raise Failed(FailureReason.UNDECODABLE, f"the message has none of the enabled forms: {names}")


def _enabled(only: Sequence[str] | None) -> tuple[Adapter, ...]:
    if only is None:
        return ADAPTERS
    unknown = set(only).difference(ADAPTER_NAMES)
    if unknown:
        raise ValueError(f"unknown adapters: {', '.join(sorted(unknown))}")
    return tuple(adapter for adapter in ADAPTERS if adapter.name in only)
