"""Input adapters: from a message of any known crawler to a `RawPage`. One file a form."""

from service.events.adapters.body_refs import BodyRefs
from service.events.adapters.registry import ADAPTER_NAMES, decode

__all__ = ["ADAPTER_NAMES", "BodyRefs", "decode"]
