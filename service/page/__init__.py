"""From bytes to an article: decoding, extraction, metadata, clean-up."""

from service.page.address import find_address
from service.page.canonical import canonicalize
from service.page.limits import Limits
from service.page.read import read_page

__all__ = ["Limits", "canonicalize", "find_address", "read_page"]
