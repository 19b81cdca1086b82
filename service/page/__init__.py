"""From bytes to an article: decoding, extraction, metadata, clean-up."""

from service.page.canonical import canonicalize
from service.page.limits import Limits
from service.page.read import read_page

__all__ = ["Limits", "canonicalize", "read_page"]
