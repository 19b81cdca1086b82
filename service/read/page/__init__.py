"""From bytes to an article: decoding, extraction, metadata, clean-up."""

from service.read.page.canonical_url import canonicalize
from service.read.page.declared_url import find_address
from service.read.page.limits import Limits
from service.read.page.pipeline import read_page

__all__ = ["Limits", "canonicalize", "find_address", "read_page"]
