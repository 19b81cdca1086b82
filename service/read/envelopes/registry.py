"""Selects the adapter for a message: the first one that recognises it."""

from collections.abc import Sequence

from service.contract.outcome import Failed, FailureReason
from service.contract.page import RawPage
from service.contract.record import InputMessage
from service.read.envelopes import (
    frontera,
    native_binary,
    native_json,
    news_please,
    nutch,
    scrapy_cluster,
    stormcrawler,
    warc,
)
from service.read.envelopes.body_refs import BodyRefs
from service.read.envelopes.envelope import Adapter, Envelope

# In order of precedence: the native forms are last, as the fallback.
ADAPTERS: tuple[Adapter, ...] = (
    warc.ADAPTER,
    scrapy_cluster.ADAPTER,
    frontera.JSON_ADAPTER,
    frontera.MSGPACK_ADAPTER,
    stormcrawler.ADAPTER,
    nutch.ADAPTER,
    news_please.ADAPTER,
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
    """Return the page of a message.

    Args:
        only: names of the enabled adapters (see `ADAPTER_NAMES`); None enables all.
        body_refs: allowed references to bodies outside the message; None allows none.

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
