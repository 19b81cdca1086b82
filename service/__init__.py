"""copydesk: raw crawled pages in, clean, attributed, folded news events out."""

from importlib.metadata import version

__version__ = version("copydesk")
