"""Input adapters: decode a supported crawler's message to a `RawPage`. One module per form."""

from service.read.envelopes.body_refs import BodyRefs
from service.read.envelopes.registry import ADAPTER_NAMES, decode

__all__ = ["ADAPTER_NAMES", "BodyRefs", "decode"]
